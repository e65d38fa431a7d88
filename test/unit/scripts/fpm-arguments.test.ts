import { expect, it } from 'vitest'
import { parseFpmArguments } from '../../../scripts/lib/package/fpm-arguments.mjs'

it('reads what electron-builder asks of fpm', () => {
  const args = ['-s', 'dir', '--force', '-t', 'deb', '-d', 'libgtk-3-0', '-d', 'libnss3']
  const more = ['--deb-recommends', 'tray', '--version', '1.0.0', '/out/=/opt/Nexthop', '/a=b.png=/usr/a.png']
  expect(parseFpmArguments([...args, ...more])).toEqual({
    options: { 'input-type': 'dir', 'output-type': 'deb', version: '1.0.0' },
    depends: ['libgtk-3-0', 'libnss3'],
    recommends: ['tray'],
    files: [
      { from: '/out/', to: '/opt/Nexthop' },
      { from: '/a=b.png', to: '/usr/a.png' },
    ],
  })
})

it.each([[['--version']], [['word']]])('refuses %j', (args) => {
  expect(() => parseFpmArguments(args)).toThrow()
})
