import { done, more, wrong, type Reading } from './reading.ts'

// The first message of a TLS client: RFC 8446 sections 4.1.2 and 5.1, RFC 6066 section 3 for the server's name. It may
// be cut into several records. Values of RFC 8701 (GREASE) are skipped like every extension that is not known here.

export interface ClientHello {
  /** The server_name as it was sent; absent where there is none. */
  readonly serverName?: string
  /** The protocols of ALPN, RFC 7301. */
  readonly protocols: readonly string[]
  /**
   * Encrypted Client Hello was offered, or imitated (GREASE), which looks the same: the name may be that of the provider
   * alone, with the real one inside.
   */
  readonly hasEncryptedHello: boolean
}

/** A hello with post-quantum keys has about 2 kB; with a long session ticket, some more. */
export const maxClientHelloBytes = 32 * 1024

const maxRecordBytes = 16 * 1024
const handshakeRecord = 22
const clientHelloMessage = 1
const extensionTypes = { serverName: 0, protocols: 16, encryptedHello: 0xfe0d } as const

/** Reads a ClientHello from the first bytes of a stream. */
export function readClientHello(bytes: Buffer): Reading<ClientHello> {
  const fragments: Buffer[] = []
  let collected = 0
  for (let at = 0; ;) {
    const record = readRecordHead(bytes.subarray(at))
    if (record.kind !== 'done') return record
    const fragment = bytes.subarray(at + 5, at + 5 + record.value)
    fragments.push(fragment)
    collected += fragment.length
    at += 5 + fragment.length
    const message = collected >= 4 ? Buffer.concat(fragments) : undefined
    if (message) {
      if (message[0] !== clientHelloMessage) return wrong('tls-no-hello')
      const length = 4 + message.readUIntBE(1, 3)
      if (length > maxClientHelloBytes) return wrong('tls-hello-too-long', maxClientHelloBytes)
      if (message.length >= length) return parseHello(message.subarray(4, length), at)
    }
    if (fragment.length < record.value) return more
  }
}

/** The length of a handshake record. */
function readRecordHead(bytes: Buffer): Reading<number> {
  const [type, major] = bytes
  if (type !== undefined && type !== handshakeRecord) return wrong('tls-no-handshake')
  if (major !== undefined && major !== 3) return wrong('tls-version')
  if (bytes.length < 5) return more
  const length = bytes.readUInt16BE(3)
  if (length === 0 || length > maxRecordBytes) return wrong('tls-record-length')
  return done(length, 5)
}

function parseHello(body: Buffer, length: number): Reading<ClientHello> {
  try {
    return done(helloOf(new Cursor(body)), length)
  } catch (error) {
    if (error instanceof RangeError) return wrong('tls-hello-incomplete')
    throw error
  }
}

function helloOf(body: Cursor): ClientHello {
  body.take(2 + 32)
  body.vector(1)
  body.vector(2)
  body.vector(1)
  let serverName: string | undefined
  let protocols: readonly string[] = []
  let hasEncryptedHello = false
  // SSL 3 and the plainest TLS 1.0 clients send no extensions at all.
  const extensions = body.isAtEnd ? undefined : body.vector(2)
  while (extensions && !extensions.isAtEnd) {
    const type = extensions.number(2)
    const content = extensions.vector(2)
    if (type === extensionTypes.serverName) serverName ??= hostNameOf(content)
    else if (type === extensionTypes.protocols) protocols = protocolsOf(content)
    else if (type === extensionTypes.encryptedHello) hasEncryptedHello = true
  }
  return { ...(serverName !== undefined && { serverName }), protocols, hasEncryptedHello }
}

function hostNameOf(extension: Cursor): string | undefined {
  const names = extension.vector(2)
  while (!names.isAtEnd) {
    const type = names.number(1)
    const name = names.vector(2)
    if (type === 0) return name.rest().toString('latin1')
  }
  return undefined
}

function protocolsOf(extension: Cursor): string[] {
  const list = extension.vector(2)
  const protocols: string[] = []
  while (!list.isAtEnd) protocols.push(list.vector(1).rest().toString('latin1'))
  return protocols
}

/** Walks over length-prefixed fields; throws a RangeError past the end. */
class Cursor {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  take(length: number): Buffer {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('past the end')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }

  number(bytes: 1 | 2): number {
    return this.take(bytes).readUIntBE(0, bytes)
  }

  vector(lengthBytes: 1 | 2): Cursor {
    return new Cursor(this.take(this.number(lengthBytes)))
  }

  rest(): Buffer {
    return this.take(this.#bytes.length - this.#at)
  }
}
