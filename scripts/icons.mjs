import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { draw } from './lib/icons/draw.mjs'
import { encodeIcns, icnsSizes } from './lib/icons/icns.mjs'
import { encodeIco } from './lib/icons/ico.mjs'
import { inRoot } from './lib/paths.mjs'

// node scripts/icons.mjs: draws every icon from the SVGs in assets/ with Chromium (CHROMIUM names another one).
// The app's icon has a plainer drawing for small sizes, where thin lines would be grey. The tray's drawings use
// currentColor: black for macOS, which colours such templates itself, and a tone for light and for dark bars elsewhere.

const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
const windowsSizes = [16, 20, 24, 32, 40, 48, 64, 256]
const largestOfSmall = 32

const states = ['on', 'off', 'problem']
const bars = { light: '#26262b', dark: '#f4f4f6' }
const traySizes = { Template: 16, png: 22, ico: [16, 20, 24, 32] }

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const page = await browser.newPage()

/** @param {...string} path */
const read = (...path) => readFileSync(inRoot('assets', ...path), 'utf8')

/** @param {number} size @param {number} [margin] */
const icon = (size, margin) =>
  draw(page, {
    svg: read(size <= largestOfSmall ? 'icon-small.svg' : 'icon.svg'),
    size,
    ...(margin !== undefined && { margin }),
  })

/** @param {readonly number[]} sizes @param {(size: number) => Promise<import('./lib/icons/ico.mjs').IcoImage>} drawing */
async function ico(sizes, drawing) {
  const images = []
  for (const size of sizes) images.push(await drawing(size))
  return encodeIco(images)
}

mkdirSync(inRoot('assets', 'icons'), { recursive: true })
for (const size of linuxSizes) {
  writeFileSync(inRoot('assets', 'icons', `${size}x${size}.png`), (await icon(size)).png)
}
writeFileSync(inRoot('assets', 'icon.ico'), await ico(windowsSizes, icon))
const pngs = new Map()
// Apple's grid: the shape takes 824 of 1024 points.
for (const size of icnsSizes) pngs.set(size, (await icon(size, size < 64 ? 1 / 16 : 100 / 1024)).png)
writeFileSync(inRoot('assets', 'icon.icns'), encodeIcns(pngs))

for (const state of states) {
  const svg = read('tray', `${state}.svg`)
  /** @param {string} name @param {Uint8Array} bytes */
  const write = (name, bytes) => {
    writeFileSync(inRoot('assets', 'tray', `${state}${name}`), bytes)
  }
  for (const [suffix, scale] of /** @type {const} */ ([
    ['', 1],
    ['@2x', 2],
  ])) {
    write(`Template${suffix}.png`, (await draw(page, { svg, size: traySizes.Template * scale })).png)
    for (const [bar, color] of Object.entries(bars)) {
      write(`-${bar}${suffix}.png`, (await draw(page, { svg, size: traySizes.png * scale, color })).png)
    }
  }
  for (const [bar, color] of Object.entries(bars)) {
    write(`-${bar}.ico`, await ico(traySizes.ico, (size) => draw(page, { svg, size, color })))
  }
}
await browser.close()
