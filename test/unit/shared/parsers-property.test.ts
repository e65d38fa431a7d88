import fc from 'fast-check'
import { isIP, isIPv4 } from 'node:net'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { formatBytes, formatDuration } from '../../../shared/format.ts'
import { formatEndpoint, formatListen } from '../../../shared/model/address.ts'
import { parseEndpoint, parseListen } from '../../../shared/model/parse-address.ts'
import { parseConfig } from '../../../shared/model/config.ts'
import { networkSchema, utf8Length } from '../../../shared/model/fields.ts'
import { formatHopUrl, parseHopUrl } from '../../../shared/model/hop-url.ts'
import { hostKind, parseHost } from '../../../shared/model/host.ts'
import { formatIssue } from '../../../shared/model/issues.ts'

const port = fc.integer({ min: 1, max: 65535 })
const name = fc.domain()
const host = fc.oneof(fc.ipV4(), fc.ipV6(), name)
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.webUrl(), host)

describe('hosts', () => {
  it('of every kind are taken, and their canonical form is stable', () => {
    fc.assert(
      fc.property(host, (text) => {
        const result = parseHost(text)
        if (!result.ok) throw new Error(result.why.message)
        expect(parseHost(result.host.text)).toEqual(result)
        expect(hostKind(result.host.text)).toBe(result.host.kind)
        if (isIPv4(text)) expect(result.host.kind).toBe('ipv4')
        // One that is mapped is the IPv4 address that it stands for.
        expect(result.host.kind !== 'name').toBe(isIP(text) !== 0)
      }),
    )
  })

  it('that are taken are always safe to send: ASCII, no control characters, no spaces, at most 255 bytes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = parseHost(text)
        if (!result.ok) return
        expect(result.host.text).toMatch(/^[\x21-\x7e]{1,253}$/)
        expect(parseHost(result.host.text)).toEqual(result)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('end points', () => {
  it('survive being written and read', () => {
    fc.assert(
      fc.property(host, port, (text, number) => {
        const parsed = parseHost(text)
        if (!parsed.ok) throw new Error(parsed.why.message)
        const endpoint = { host: parsed.host.text, port: number }
        expect(parseEndpoint(formatEndpoint(endpoint))).toEqual({ ok: true, value: endpoint })
        const listen = { kind: 'tcp' as const, ...endpoint }
        expect(parseListen(formatListen(listen))).toEqual({ ok: true, value: listen })
      }),
    )
  })

  it('never throw, whatever is typed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const result of [parseEndpoint(text), parseListen(text), parseEndpoint(`${text}:80`)]) {
          if (!result.ok) expect(result.message.length).toBeGreaterThan(10)
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('hop URLs', () => {
  const scheme = fc.constantFrom('socks4', 'socks4a', 'socks5', 'socks5h')
  const secret = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })

  it('keep host, port and login', () => {
    fc.assert(
      fc.property(host, port, secret, secret, (text, number, user, password) => {
        const parsed = parseHost(text)
        if (!parsed.ok) throw new Error(parsed.why.message)
        const endpoint = { host: parsed.host.text, port: number }
        const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
        expect(parseHopUrl(`socks5h://${login}@${formatEndpoint(endpoint)}`)).toEqual({
          ok: true,
          value: { ...endpoint, version: '5', resolveAt: 'hop', user, password },
        })
      }),
    )
  })

  it('survive being written and read', () => {
    fc.assert(
      fc.property(scheme, host, port, fc.option(secret, { nil: undefined }), (kind, text, number, user) => {
        const parsed = parseHost(text)
        if (!parsed.ok) throw new Error(parsed.why.message)
        const login = user === undefined ? '' : `${encodeURIComponent(user)}@`
        const url = `${kind}://${login}${formatEndpoint({ host: parsed.host.text, port: number })}`
        const result = parseHopUrl(url)
        if (!result.ok) throw new Error(result.message)
        expect(formatHopUrl(result.value)).toBe(url)
      }),
    )
  })

  it('never repeat what stands where a login does, wherever the mistake is', () => {
    const marked = secret.map((text) => `Geheim${text}`)
    const broken = fc.oneof(
      fc.tuple(scheme, marked).map(([kind, pass]) => `${kind}://me:${pass}`),
      fc.tuple(scheme, marked, anyText).map(([kind, pass, rest]) => `${kind}://me:${pass}@${rest}`),
      fc.tuple(marked, host).map(([pass, at]) => `http://me:${pass}@${at}`),
      fc.tuple(marked, host).map(([pass, at]) => `me:${pass}@${at}`),
      fc.tuple(scheme, marked, host).map(([kind, pass, at]) => `${kind}:/me:${pass}@${at}`),
    )
    fc.assert(
      fc.property(broken, (url) => {
        const result = parseHopUrl(url)
        if (!result.ok) expect(result.message).not.toContain('Geheim')
      }),
      { numRuns: 2000 },
    )
  })

  it('never throw, whatever is typed', () => {
    fc.assert(fc.property(anyText, (text) => void parseHopUrl(text)))
    fc.assert(fc.property(scheme, anyText, (kind, text) => void parseHopUrl(`${kind}://${text}`)))
  })
})

describe('networks', () => {
  it('are taken in every form, and their canonical form is stable', () => {
    const network = fc.oneof(
      fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
      fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
    )
    fc.assert(
      fc.property(network, ([address, prefix]) => {
        const canonical = v.parse(networkSchema, `${address}/${prefix}`)
        expect(canonical.endsWith(`/${prefix}`)).toBe(true)
        expect(v.parse(networkSchema, canonical)).toBe(canonical)
      }),
    )
  })

  it('never throw, whatever is typed', () => {
    fc.assert(fc.property(anyText, (text) => void v.safeParse(networkSchema, text)))
  })
})

describe('configs', () => {
  it('of any content are taken or refused with places, and never throw', () => {
    const part = fc.oneof(fc.jsonValue(), fc.array(fc.object({ maxDepth: 2 }), { maxLength: 3 }))
    const document = fc.oneof(
      fc.jsonValue(),
      fc.record({
        version: fc.constantFrom(1, 2, '1'),
        hops: part,
        lists: part,
        rules: part,
        settings: part,
      }),
    )
    fc.assert(
      fc.property(document, (value) => {
        const result = parseConfig(value)
        if (result.ok) expect(parseConfig(result.config)).toEqual({ ...result, migratedFrom: undefined })
        else expect(result.issues.map(formatIssue).every((text) => text.length > 5)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('numbers as people read them', () => {
  it('are short and have a unit', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (number) => {
        expect(formatBytes(number)).toMatch(/^(\d{1,3} B|\d{1,3}\.\d [kMGTP]B)$/)
        expect(formatDuration(number)).toMatch(/^\d+(\.\d)? (ms|s|min|h|d)( \d{1,2} (s|min|h))?$/)
      }),
    )
  })

  it('count UTF-8 bytes as Node does', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text))
      }),
    )
  })
})
