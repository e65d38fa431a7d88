import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { encodeIcns } from '../../../scripts/lib/icons/icns.mjs'
import { encodeIco } from '../../../scripts/lib/icons/ico.mjs'

const asset = (name: string) => readFileSync(new URL(`../../../assets/${name}`, import.meta.url))

/** Width and height of a PNG. */
const pngSize = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)]

function icoSizes(ico: Buffer): number[] {
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => ico.readUInt8(6 + 16 * index) || 256)
}

function icnsEntries(icns: Buffer): { type: string; size: number }[] {
  const entries: { type: string; size: number }[] = []
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    const [size = 0] = pngSize(icns.subarray(at + 8))
    entries.push({ type: icns.toString('latin1', at, at + 4), size })
  }
  return entries
}

describe('the icons', () => {
  it('come in every size that Windows shows', () => {
    expect(icoSizes(asset('icon.ico'))).toEqual([16, 20, 24, 32, 40, 48, 64, 256])
    for (const state of ['on', 'off', 'problem']) {
      for (const bar of ['light', 'dark']) {
        expect(icoSizes(asset(`tray/${state}-${bar}.ico`))).toEqual([16, 20, 24, 32])
      }
    }
  })

  it('come in every size that macOS shows', () => {
    const icns = asset('icon.icns')
    expect(icns.readUInt32BE(4)).toBe(icns.length)
    expect(Object.fromEntries(icnsEntries(icns).map(({ type, size }) => [type, size]))).toEqual({
      icp4: 16,
      icp5: 32,
      ic11: 32,
      ic12: 64,
      ic07: 128,
      ic08: 256,
      ic13: 256,
      ic09: 512,
      ic14: 512,
      ic10: 1024,
    })
  })

  it.each([16, 24, 32, 48, 64, 128, 256, 512, 1024])('come as a PNG of %i pixels for Linux', (size) => {
    expect(pngSize(asset(`icons/${size}x${size}.png`))).toEqual([size, size])
  })
})

describe('an icon file', () => {
  it('for Windows has the rows from the bottom up, as BGRA', () => {
    const rgba = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])
    const ico = encodeIco([{ size: 2, rgba, png: new Uint8Array() }])
    expect(ico.readUInt32LE(18)).toBe(22)
    expect([...ico.subarray(22 + 40, 22 + 56)]).toEqual([
      11, 10, 9, 12, 15, 14, 13, 16, 3, 2, 1, 4, 7, 6, 5, 8,
    ])
    expect(ico.readUInt32LE(14)).toBe(ico.length - 22)
  })

  it('for macOS says how long it is', () => {
    const icns = encodeIcns(new Map())
    expect(icns.readUInt32BE(4)).toBe(icns.length)
  })
})
