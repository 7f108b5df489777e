/// <reference types="vite/client" />
import type { Form } from './form.js';
import { type GoldenCase, goldenCases } from './load.js';

/** Every form that is known: what the files of `forms` export. */
export const allForms: readonly Form[] = Object.values(
  import.meta.glob<readonly Form[]>('./forms/*.ts', { eager: true, import: 'forms' }),
).flat();

/** Whether a case is of a form. */
export const isOf = ({ cases, when }: Form, name: string, golden: GoldenCase): boolean =>
  name.startsWith(cases) && (when === undefined || when(golden));

/** The cases of a form, as [name, case]. */
export const casesOfForm = (form: Form): [string, GoldenCase][] =>
  goldenCases(form.cases).filter(([name, golden]) => isOf(form, name, golden));
