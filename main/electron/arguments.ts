/** What the command line asks of the desktop app. */
export interface LaunchArguments {
  /** Start without a window, the tray icon only. */
  readonly isHidden: boolean
  /** End the instance that runs already. */
  readonly isQuit: boolean
  /** Links to next hops, which the system opens with the app. */
  readonly links: readonly string[]
}

/** Chromium adds arguments of its own and reorders them, so each is looked for wherever it is. */
export function parseArguments(argv: readonly string[]): LaunchArguments {
  return {
    isHidden: argv.includes('--hidden'),
    isQuit: argv.includes('--quit'),
    links: argv.filter((word) => /^socks(4a?|5h?):\/\//i.test(word)),
  }
}
