import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import { startListening } from './tcp-server.ts'

export interface UpdateServer {
  readonly url: string
  readonly publicKey: string
  /** What was asked for. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

export interface UpdateServerOptions {
  readonly version?: string
  /** What is downloaded. */
  readonly file?: Buffer
  /** What the feed says about it. */
  readonly hashOf?: Buffer
  /** Signs the feed; the server's own key if left out. */
  readonly signer?: KeyObject
  /** Changes the feed after it was signed. */
  readonly forge?: (feed: string) => string
  /** Breaks the connection in the middle of the download. */
  readonly breaks?: boolean
  readonly channel?: 'latest' | 'beta'
}

/** A server with one newer version as an AppImage, and its signed feed. */
export async function startUpdateServer(options: UpdateServerOptions = {}): Promise<UpdateServer> {
  const { version = '9.0.0', file = Buffer.alloc(300_000, 'a'), hashOf = file, breaks = false } = options
  const { channel = 'latest', forge = (feed: string) => feed } = options
  const pair = generateKeyPairSync('ed25519')
  const hash = createHash('sha512').update(hashOf).digest('base64')
  const feed = [
    `version: ${version}`,
    'files:',
    '  - url: nexthop.AppImage',
    `    sha512: ${hash}`,
    `    size: ${hashOf.length}`,
    'path: nexthop.AppImage',
    `sha512: ${hash}`,
    "releaseNotes: '- better'",
    "releaseDate: '2026-11-24T00:00:00.000Z'",
    '',
  ].join('\n')
  const signature = sign(null, Buffer.from(feed), options.signer ?? pair.privateKey).toString('base64')
  const suffix = process.arch === 'x64' ? '' : `-${process.arch}`
  const name = `/${channel}-linux${suffix}.yml`
  const answers: Readonly<Record<string, string | Buffer>> = {
    [name]: forge(feed),
    [`${name}.sig`]: signature,
    '/nexthop.AppImage': file,
  }
  const requests: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    requests.push(pathname)
    const answer = answers[pathname]
    if (answer === undefined) response.writeHead(404).end()
    else if (breaks && Buffer.isBuffer(answer)) {
      response.writeHead(200, { 'content-length': answer.length })
      response.write(answer.subarray(0, 1000), () => response.destroy())
    } else response.end(answer)
  })
  const port = await startListening(server)
  return {
    url: `http://127.0.0.1:${port}`,
    publicKey: pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
