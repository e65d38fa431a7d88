import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cliNode } from '../../support/cli.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { run, startProcess } from '../../support/process.ts'
import { until } from '../../support/until.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

describe('the launchers', () => {
  it('refuse an old Node with a sentence', async () => {
    const pretend =
      "Object.defineProperty(process.versions, 'node', { value: '20.18.3' }); import('./scripts/lib/require-node.mjs')"
    const { code, stdout, stderr } = await run(cliNode, ['--eval', pretend], { cwd: root })
    expect(stderr).toBe(
      'Nexthop needs Node 20.19 or newer; this is Node 20.18.3. Install a newer one (https://nodejs.org) and try again.\n',
    )
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  })

  it('keep the exit code', async () => {
    const { code } = await run(cliNode, ['scripts/nexthop.mjs', 'forwrd'], { cwd: root })
    expect(code).toBe(2)
  })

  it('end when npm was ended, whose shell passes no signal on', async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has no such signals')
    const env = { ...process.env, npm_lifecycle_event: 'nexthop' }
    // As npm does it: a shell that waits for us, and dies alone.
    const script = `"${cliNode}" scripts/nexthop.mjs forward 0 a:1 --direct & wait`
    const shell = await managed(
      startProcess('/bin/sh', ['-c', script], { cwd: root, env, ready: /listening/ }),
    )
    const port = Number(/listening 127\.0\.0\.1:(\d+)/.exec(shell.output())?.[1])
    spawn('kill', ['-TERM', String(shell.pid)])
    await until('it stops listening', () =>
      connectTo(port).then(
        () => false,
        () => true,
      ),
    )
  })

  it('tell of a step that there is not', async () => {
    const { code, stderr } = await run(cliNode, ['scripts/test.mjs', 'nope'], { cwd: root })
    expect(stderr).toMatch(/^There is no step "nope"\. The steps are format, lint, types, build, unit, /)
    expect(code).toBe(2)
  })
})
