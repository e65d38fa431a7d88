import type { Browser } from '@playwright/test'

/** Figures that are measured together. */
export interface Part {
  /** As it is asked for: `npm run ui-figures -- NAME`. */
  readonly name: string
  readonly title: string
  /** What, and its figure. */
  readonly measure: (browser: Browser) => Promise<readonly (readonly [string, string])[]>
}
