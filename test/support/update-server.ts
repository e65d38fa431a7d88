import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { feedsOf, signatureOf } from '../../scripts/lib/update-feeds.mjs'
import { startListening } from './tcp-server.ts'
import { makeTempDir } from './temp-dir.ts'

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

/** A server with one newer version as an AppImage, and its signed feed, as a release writes it. */
export async function startUpdateServer(options: UpdateServerOptions = {}): Promise<UpdateServer> {
  const { version = '9.0.0', file = Buffer.alloc(300_000, 'a'), hashOf = file, breaks = false } = options
  const { channel = 'latest', forge = (feed: string) => feed } = options
  const pair = generateKeyPairSync('ed25519')
  const arch = process.arch === 'x64' ? 'x86_64' : process.arch
  const name = `nexthop-desktop-${version}-${arch}.AppImage`
  const feeds = await feedsFor(name, hashOf, version)
  const suffix = process.arch === 'x64' ? '' : `-${process.arch}`
  const feedName = `${channel}-linux${suffix}.yml`
  const feed = feeds.get(feedName) ?? ''
  const answers: Readonly<Record<string, string | Buffer>> = {
    [`/${feedName}`]: forge(feed),
    [`/${feedName}.sig`]: signatureOf(feed, options.signer ?? pair.privateKey),
    [`/${name}`]: file,
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

/** @param bytes what the feed takes for the file's */
async function feedsFor(name: string, bytes: Buffer, version: string): Promise<ReadonlyMap<string, string>> {
  const folder = await makeTempDir()
  try {
    await writeFile(folder.file(name), bytes)
    return await feedsOf({ folder: folder.path, files: [name], version, notes: '- better', date: new Date() })
  } finally {
    await folder.close()
  }
}
