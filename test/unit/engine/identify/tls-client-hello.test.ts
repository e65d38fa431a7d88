import { createServer } from 'node:net'
import { connect } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { maxClientHelloBytes, readClientHello } from '../../../../main/engine/identify/tls-client-hello.ts'
import { expectIncremental, expectRobust } from './readings.ts'

const u16 = (value: number) => Buffer.from([value >> 8, value & 0xff])
const vector8 = (body: Buffer) => Buffer.concat([Buffer.from([body.length]), body])
const vector16 = (body: Buffer) => Buffer.concat([u16(body.length), body])
const extension = (type: number, body: Buffer) => Buffer.concat([u16(type), vector16(body)])
const serverName = (name: string, type = 0) =>
  extension(0, vector16(Buffer.concat([Buffer.from([type]), vector16(Buffer.from(name))])))
const alpn = (...names: string[]) =>
  extension(16, vector16(Buffer.concat(names.map((name) => vector8(Buffer.from(name))))))
/** RFC 8701: reserved values that servers must ignore. */
const grease = extension(0x3a3a, Buffer.from([0]))
const encryptedHello = extension(0xfe0d, Buffer.alloc(40, 7))

function handshake(extensions: readonly Buffer[] | undefined, type = 1): Buffer {
  const body = Buffer.concat([
    Buffer.from([3, 3]),
    Buffer.alloc(32, 9),
    vector8(Buffer.alloc(32, 1)),
    vector16(Buffer.from([0x2a, 0x2a, 0x13, 0x01])),
    vector8(Buffer.from([0])),
    ...(extensions ? [vector16(Buffer.concat(extensions))] : []),
  ])
  return Buffer.concat([Buffer.from([type, 0]), u16(body.length), body])
}

/** Puts a handshake message into records of so many bytes each. */
function records(message: Buffer, size = 16_384): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < message.length; at += size) {
    const part = message.subarray(at, at + size)
    parts.push(Buffer.from([22, 3, 1]), u16(part.length), part)
  }
  return Buffer.concat(parts)
}

const name = 'www.example.com'
const usual = handshake([grease, serverName(name), alpn('h2', 'http/1.1')])

describe('a ClientHello', () => {
  it.each([
    ['one record', 16_384],
    ['records of 100 bytes', 100],
    ['records of 3 bytes', 3],
    ['records of 1 byte', 1],
  ])('is read from %s', (_title, size) => {
    expectIncremental(readClientHello, records(usual, size), {
      serverName: name,
      protocols: ['h2', 'http/1.1'],
      hasEncryptedHello: false,
    })
  })

  it.each([
    ['no extensions', undefined, { protocols: [], hasEncryptedHello: false }],
    ['no name', [grease, alpn('h2')], { protocols: ['h2'], hasEncryptedHello: false }],
    ['a name of another type', [serverName(name, 7)], { protocols: [], hasEncryptedHello: false }],
    [
      'an encrypted hello',
      [encryptedHello, serverName('public.example')],
      { serverName: 'public.example', protocols: [], hasEncryptedHello: true },
    ],
  ] as const)('with %s', (_title, extensions, value) => {
    expectIncremental(readClientHello, records(handshake(extensions)), value)
  })

  it.each([
    ['another kind of record', Buffer.from([23, 3, 1, 0, 5])],
    ['another version', Buffer.from([22, 2])],
    ['an empty record', Buffer.from([22, 3, 1, 0, 0])],
    ['a record that is too long', Buffer.from([22, 3, 1, 0x40, 0x01])],
    ['another message', records(handshake([], 2))],
    ['a message that is too long', Buffer.from([22, 3, 1, 0, 4, 1, 1, 0, 0])],
    ['an extension past the end', records(handshake([Buffer.from([0, 0, 0, 9, 1])]))],
    ['half an extension', records(handshake([Buffer.from([0])]))],
  ])('is not %s', (_title, bytes) => {
    expect(readClientHello(bytes).kind).toBe('wrong')
  })

  it('comes from Node’s own client, too', async () => {
    const server = createServer()
    const bytes = await new Promise<Buffer>((resolve) => {
      server.on('connection', (socket) => socket.once('data', resolve))
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number }
        const options = { host: '127.0.0.1', port, servername: 'node.example', ALPNProtocols: ['h2'] }
        const client = connect(options)
        client.on('error', () => undefined)
        server.once('close', () => client.destroy())
      })
    })
    server.close()
    const reading = readClientHello(bytes)
    expect(reading).toMatchObject({ kind: 'done', value: { serverName: 'node.example', protocols: ['h2'] } })
  })

  it('is decided whatever comes', () => {
    expectRobust(readClientHello, [records(usual), records(usual, 30)], 2 * maxClientHelloBytes)
  })
})
