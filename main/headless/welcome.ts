import { isLoopback } from '../../shared/model/host.ts'
import type { Application } from '../app/application.ts'
import type { LoadReport } from '../app/config-store.ts'
import type { CommandContext } from './command.ts'
import type { Console } from './console.ts'
import { findOpenPassword } from './open-password.ts'
import { programName } from './program-name.ts'
import type { WebServer } from './web/web-server.ts'

// What "serve" says on stdout once it runs.

/** Prints a link that logs in, and another one on SIGUSR2 or Enter. Returns the function that ends it. */
export function offerLinks(web: WebServer, console: Console): () => void {
  const print = () => {
    const url = web.newLink()
    console.result(`web ${url}`, { event: 'web', url })
  }
  // Before the first link is seen: without a listener, the signal ends the process. Windows has none, and throws.
  if (process.platform !== 'win32') process.on('SIGUSR2', print)
  if (process.stdin.isTTY) process.stdin.on('data', print)
  print()
  return () => {
    process.off('SIGUSR2', print)
    process.stdin.off('data', print).pause()
  }
}

export interface Served {
  readonly app: Application
  /** Of the config. */
  readonly path: string
  readonly loaded: LoadReport
  /** The address of the web server. */
  readonly host: string
}

/** What whoever started it should know first. */
export function welcome({ app, path, loaded, host }: Served, { console, env }: CommandContext): void {
  if (console.isTerminal) {
    const another = process.stdin.isTTY ? 'Enter prints another one; ' : ''
    console.note(`Open it in your browser: it logs in once. ${another}Ctrl+C ends.`)
  }
  const open = findOpenPassword(app.config, path)
  if (open) app.log.warn(open.message)
  if (!isLoopback(host)) {
    app.log.warn(
      'The web server is open to other machines, and HTTP is in clear: put it behind a tunnel or a TLS proxy',
    )
  }
  // Where a config is there that can't be used, the demo is not what its user misses.
  const isUsable = loaded.kind === 'loaded' || loaded.kind === 'missing'
  if (!isUsable || app.config.rules.length > 0) return
  console.note(`Nothing is forwarded yet. For a first look, in another terminal: ${programName(env)} demo`)
}
