#!/usr/bin/env node
import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildDeb } from './deb.mjs'
import { parseFpmArguments } from './fpm-arguments.mjs'
import { buildRpm } from './rpm.mjs'

// electron-builder makes debs and RPMs with fpm, which it downloads. This does what it asks of fpm with the systems' own
// tools, dpkg-deb and rpmbuild: electron-builder takes it from the environment variable CUSTOM_FPM_PATH.

const { options, depends, recommends, files } = parseFpmArguments(process.argv.slice(2))

/** What Debian calls the architectures that RPM has other names for. @type {Readonly<Record<string, string>>} */
const rpmNames = { amd64: 'x86_64', arm64: 'aarch64' }

/** @param {string} name */
function option(name) {
  const value = options[name]
  if (value === undefined) throw new Error(`--${name} is missing`)
  return value
}

/** @param {string} tree */
async function fill(tree) {
  for (const { from, to } of files) {
    const place = join(tree, to)
    mkdirSync(dirname(place), { recursive: true })
    cpSync(from, place, { recursive: true, verbatimSymlinks: true })
  }
}

const [summary = '', ...more] = option('description').trim().split('\n')

if (options['output-type'] === 'deb') {
  await buildDeb({
    outFile: option('package'),
    control: {
      Package: option('name'),
      Version: option('version'),
      Architecture: option('architecture'),
      Maintainer: option('maintainer'),
      Depends: depends.join(', '),
      ...(recommends.length > 0 && { Recommends: recommends.join(', ') }),
      Section: option('category'),
      Priority: option('deb-priority'),
      Homepage: option('url'),
      Description: [summary.trim(), ...more.map((line) => ` ${line.trim() || '.'}`)].join('\n'),
    },
    scripts: { postinst: option('after-install'), postrm: option('after-remove') },
    compression: option('deb-compression'),
    fill,
  })
} else {
  await buildRpm({
    outFile: option('package'),
    architecture: rpmNames[option('architecture')] ?? option('architecture'),
    tags: {
      Name: option('name'),
      Version: option('version'),
      Summary: options['rpm-summary'] ?? summary,
      License: option('license'),
      Group: option('category'),
      URL: option('url'),
      Vendor: option('vendor'),
    },
    description: option('description'),
    requires: depends,
    scripts: { post: option('after-install'), postun: option('after-remove') },
    fill,
  })
}
