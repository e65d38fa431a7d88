import { describe, expect, it } from 'vitest'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startAnswerAfterEnd, startEcho, startResetter } from '../../support/targets.ts'
import { freePort } from '../../support/tcp-server.ts'

// The scriptable server is what other tests measure the engine by; here it is measured by plain bytes.

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const port16 = (port: number) => port.toString(16).padStart(4, '0')
const request5 = (port: number) => bytes(`05 01 00 01 7f000001 ${port16(port)}`)

describe('scriptable SOCKS server', () => {
  it('speaks SOCKS5 without login and relays', async () => {
    const echo = await managed(startEcho())
    const hop = await managed(startSocksServer())
    const client = await connectTo(hop.port)
    await client.write(bytes('05 01 00'))
    expect((await client.take(2)).toString('hex')).toBe('0500')
    await client.write(request5(echo.port))
    expect((await client.take(10)).toString('hex')).toMatch(/^05000001/)
    client.end('ping')
    expect((await client.takeRest()).toString()).toBe('ping')
    expect(hop.asks).toEqual([
      { version: 5, command: 1, addressType: 'ipv4', host: '127.0.0.1', port: echo.port, methods: [0] },
    ])
  })

  it.each([
    ['right', 'secret', '0100'],
    ['wrong', 'guess', '0101'],
  ])('checks a %s login (RFC 1929)', async (_, password, answer) => {
    const hop = await managed(startSocksServer({ login: { user: 'me', password: 'secret' } }))
    const client = await connectTo(hop.port)
    await client.write(bytes('05 02 00 02'))
    expect((await client.take(2)).toString('hex')).toBe('0502')
    const field = (text: string) => Buffer.concat([Buffer.of(text.length), Buffer.from(text)])
    await client.write(Buffer.concat([Buffer.of(1), field('me'), field(password)]))
    expect((await client.take(2)).toString('hex')).toBe(answer)
    await client.close()
  })

  it('speaks SOCKS4 and SOCKS4a', async () => {
    const echo = await managed(startEcho())
    const hop = await managed(startSocksServer())
    for (const address of ['7f000001 6d6500', '00000001 6d6500 6c6f63616c686f737400']) {
      const client = await connectTo(hop.port)
      await client.write(bytes(`04 01 ${port16(echo.port)} ${address}`))
      expect((await client.take(8)).toString('hex')).toBe('005a000000000000')
      client.end('ping')
      expect((await client.takeRest()).toString()).toBe('ping')
    }
    expect(hop.asks.map(({ host, addressType, userId }) => [host, addressType, userId])).toEqual([
      ['127.0.0.1', 'ipv4', 'me'],
      ['localhost', 'name', 'me'],
    ])
  })

  it('passes on half-close and reset, and says why a target can not be reached', async () => {
    const late = await managed(startAnswerAfterEnd())
    const resetter = await managed(startResetter())
    const nobody = await freePort()
    const hop = await managed(startSocksServer())
    const ask = async (port: number) => {
      const client = await connectTo(hop.port)
      await client.write(Buffer.concat([bytes('05 01 00'), request5(port)]))
      expect((await client.take(2)).toString('hex')).toBe('0500')
      return { client, reply: (await client.take(10))[1] }
    }
    const half = await ask(late.port)
    half.client.end('x')
    expect((await half.client.takeRest()).toString()).toBe('got: x')
    const reset = await ask(resetter.port)
    await reset.client.write('x')
    expect(await reset.client.ending).toBe('ECONNRESET')
    expect((await ask(nobody)).reply).toBe(5)
  })

  it('sends byte by byte, early data in one segment, and stops where it is told', async () => {
    const echo = await managed(startEcho())
    const hop = await managed(startSocksServer({ bytewise: true, early: 'hello' }))
    const client = await connectTo(hop.port)
    const sizes: number[] = []
    client.socket.on('data', (chunk: Buffer) => sizes.push(chunk.length))
    await client.write(Buffer.concat([bytes('05 01 00'), request5(echo.port)]))
    expect((await client.take(17)).subarray(12).toString()).toBe('hello')
    expect(sizes).toEqual(Array(17).fill(1))

    hop.script = { at: { request: { cutAt: 3, then: 'reset' } } }
    const cut = await connectTo(hop.port)
    await cut.write(Buffer.concat([bytes('05 01 00'), request5(echo.port)]))
    expect(await cut.ending).toBe('ECONNRESET')
  })

  it('can die and come back on the same port', async () => {
    const hop = await managed(startSocksServer())
    const client = await connectTo(hop.port)
    await client.write(bytes('05 01 00'))
    await client.take(2)
    await hop.kill()
    expect(await client.ending).toBe('ECONNRESET')
    await expect(connectTo(hop.port)).rejects.toThrow('ECONNREFUSED')
    await hop.revive()
    await (await connectTo(hop.port)).close()
  })
})
