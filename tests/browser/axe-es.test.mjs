// Every screen and state in Spanish.
import { everywhere } from './axe-looks.mjs';

everywhere([{ lang: 'es', width: 1280 }, { lang: 'es', width: 390 }]);
