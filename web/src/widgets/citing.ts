// How to cite comes in its own file, when somebody asks for it.
import type { ComponentType } from 'preact';
import type { Citable } from '../citation.ts';
import { lazy } from './lazy.tsx';

type Props = { of: Omit<Citable, 'url'> };

export const Cite = lazy<Props>(async (): Promise<{ default: ComponentType<Props> }> => ({ default: (await import('./cite.tsx')).Cite }));
