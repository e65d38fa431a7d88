import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { inRoot } from './lib/paths.mjs'

// node scripts/icons.mjs: draws the tray's PNGs from assets/tray/*.svg with Chromium (CHROMIUM names another one).
// The drawings use currentColor: black for macOS, which colours such templates itself, and a tone for light and for
// dark bars elsewhere.

const states = ['on', 'off', 'problem']
const variants = [
  { suffix: 'Template', color: '#000000', size: 16 },
  { suffix: '-light', color: '#26262b', size: 22 },
  { suffix: '-dark', color: '#f4f4f6', size: 22 },
]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const folder = inRoot('assets', 'tray')
mkdirSync(folder, { recursive: true })
for (const state of states) {
  const svg = readFileSync(inRoot('assets', 'tray', `${state}.svg`), 'utf8')
  for (const { suffix, color, size } of variants) {
    for (const scale of [1, 2]) {
      const page = await browser.newPage({
        viewport: { width: size, height: size },
        deviceScaleFactor: scale,
      })
      await page.setContent(
        `<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px;color:${color}}</style>${svg}`,
      )
      const png = await page.screenshot({ omitBackground: true })
      writeFileSync(inRoot('assets', 'tray', `${state}${suffix}${scale === 1 ? '' : `@${scale}x`}.png`), png)
      await page.close()
    }
  }
}
await browser.close()
