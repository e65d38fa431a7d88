import { createServer } from 'node:http'
import { listenOnLoopback, type DemoServer } from './loopback.ts'

const text = [
  'It works.',
  '',
  'This page came through Nexthop: curl or your browser, which know nothing of SOCKS, connected to a port rule;',
  'the rule asked a SOCKS5 server for this page; and the server connected here.',
  '',
].join('\n')

/** The destination of the demo: a small page on a free loopback port. */
export function startDemoPage(): Promise<DemoServer> {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(200, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'close',
    })
    response.end(text)
  })
  return listenOnLoopback(server)
}
