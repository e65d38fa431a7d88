/** Where the built program's other files are. */
export interface ProgramFiles {
  /** What the engine's thread runs. */
  readonly engineUrl: URL
  /** The folder of the web UI; it may be missing. */
  readonly rendererUrl: URL
}
