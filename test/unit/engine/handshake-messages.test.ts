import { describe, expect, it } from 'vitest'
import { composeHandshake, HandshakeBook } from '../../../main/engine/dial/handshake-messages.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { parseConfig } from '../../../shared/model/config.ts'
import { makeConfig, makeHop } from '../../support/config.ts'

function hopOf(fields: Partial<NextHop>): NextHop {
  const result = parseConfig(makeConfig({ hops: [makeHop({ port: 1080, ...fields })] }))
  const [hop] = result.ok ? result.config.hops : []
  if (!hop) throw new Error(JSON.stringify(result))
  return hop
}

const name = { host: 'db.x', port: 5432 }
const hex = (bytes: Buffer | undefined) => bytes?.toString('hex')

describe('the messages of a handshake', () => {
  it.each([
    ['5', {}, name, { greet: '050100', request: '050100030464622e781538' }],
    ['5', {}, { host: '10.0.0.7', port: 80 }, { greet: '050100', request: '050100010a0000070050' }],
    [
      '5',
      {},
      { host: '2001:db8::1', port: 443 },
      { greet: '050100', request: '0501000420010db800000000000000000000000101bb' },
    ],
    [
      '5',
      { user: 'me', password: 'pä' },
      name,
      { greet: '05020002', authenticate: '01026d650370c3a4', request: '050100030464622e781538' },
    ],
    ['4', { user: 'me' }, { host: '10.0.0.7', port: 80 }, { request: '040100500a0000076d6500' }],
    ['4a', {}, name, { request: '04011538000000010064622e7800' }],
  ] as const)('of SOCKS%s with %o to %o', (version, fields, target, expected) => {
    const messages = composeHandshake(hopOf({ version, ...fields }), target)
    expect(Object.fromEntries(Object.entries(messages).map(([step, bytes]) => [step, hex(bytes)]))).toEqual(
      expected,
    )
  })

  it('are composed once per hop and target', () => {
    const book = new HandshakeBook()
    const [one, other] = [hopOf({ version: '5' }), hopOf({ version: '4a' })]
    expect(book.messages(one, name)).toBe(book.messages(one, { ...name }))
    expect(book.messages(one, { ...name, port: 1 })).not.toBe(book.messages(one, name))
    expect(book.messages(other, name)).toEqual(composeHandshake(other, name))
  })

  it('are forgotten where a hop has many targets', () => {
    const book = new HandshakeBook()
    const hop = hopOf({ version: '5' })
    const first = book.messages(hop, name)
    for (let port = 1; port <= 300; port += 1) book.messages(hop, { host: 'h', port })
    expect(book.messages(hop, name)).not.toBe(first)
    expect(book.messages(hop, name)).toEqual(first)
  })
})
