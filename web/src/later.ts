// What nobody waits for: it comes once the page is there, and without it one can read all the same.
import { heal } from './heal.ts';
import { keepFocus } from './lost.ts';
import { preparePrinting } from './print.ts';

keepFocus();
preparePrinting();
heal();
