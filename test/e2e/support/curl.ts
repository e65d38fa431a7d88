import { createServer } from 'node:http'
import { mustRun, run, type RunResult } from '../../support/process.ts'
import { startListening } from '../../support/tcp-server.ts'

/** Runs a line in a shell, as somebody would who pasted it; curl is told to be quiet and not to wait for ever. */
export function runPasted(line: string): Promise<string> {
  return mustRun('sh', ['-c', line.replace(/^curl /, 'curl --silent --show-error --max-time 10 ')])
}

/** What curl gets through a port of this machine. */
export function curlPort(port: number, path = '/'): Promise<RunResult> {
  return run('curl', ['--silent', '--show-error', '--max-time', '10', `http://127.0.0.1:${port}${path}`])
}

export interface WebPage {
  readonly port: number
  close(): Promise<void>
}

/** A web server that answers everything with one text. */
export async function startWebPage(text: string): Promise<WebPage> {
  const server = createServer((_, response) => {
    response.end(text)
  })
  const port = await startListening(server)
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
