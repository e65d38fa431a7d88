import type { Menu, MenuItem, NativeImage, Session, WebContents } from 'electron'

/** Types of Electron with more members than the stand-ins have. */
type Large = Menu | MenuItem | NativeImage | Session | WebContents

type Relaxed<T> = T extends Large ? object : T

/**
 * Some members of one of Electron's types, for `satisfies`: parameters and results as Electron has them, except that
 * a result may be a stand-in itself. Event methods are left to node:events, whose one signature takes all their overloads.
 */
export type Surface<T, K extends keyof T> = {
  [P in K]: T[P] extends (...input: infer I) => infer O ? (...input: I) => Relaxed<O> : Relaxed<T[P]>
}
