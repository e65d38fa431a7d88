import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = new URL('../../../', import.meta.url).href

/** What a program of ours prints that has 64 descriptors, and takes all that are left when it calls takeAll(). */
async function withoutFiles(program: string): Promise<string> {
  const code = `
    import { openSync } from 'node:fs'
    import { setTimeout as pause } from 'node:timers/promises'
    const { makeConfig, makeHop, makeRule } = await import('${root}test/support/config.ts')
    const { startEngine } = await import('${root}test/support/engine.ts')
    const { names } = await import('${root}main/engine/dial/names.ts')
    const { isOwnDestination } = await import('${root}main/engine/own-destination.ts')
    const takeAll = () => { try { for (;;) openSync('/dev/null', 'r') } catch {} }
    ${program}
    console.log('alive')
    process.exit(0)`
  const limited = ['-c', 'ulimit -n 64; exec "$@"', 'sh', process.execPath, '--input-type=module', '-e', code]
  const { stdout } = await run('sh', limited, { timeout: 20_000 }).catch((error: { stderr?: string }) => ({
    stdout: String(error.stderr),
  }))
  return stdout
}

describe.skipIf(process.platform === 'win32')('where no file can be opened any more', () => {
  it('the health check of a hop with a name goes on, and does not judge the hop', async () => {
    const printed = await withoutFiles(`
      const healthCheck = { kind: 'tcp', intervalMs: 500, fall: 2 }
      const hops = [makeHop({ port: 9, host: 'no-such.invalid', healthCheck })]
      const { engine } = await startEngine(makeConfig({ hops, rules: [makeRule({ to: 9 })] }))
      takeAll()
      await pause(2500)
      console.log((await engine.snapshot()).hops[0].health.state)`)
    expect(printed).toBe('unknown\nalive\n')
  })

  it('a name is not said to be unknown', async () => {
    const printed = await withoutFiles(`
      takeAll()
      const within = { timeoutMs: 10_000, signal: new AbortController().signal }
      await names.lookUp('no-such.invalid', within).catch(({ errno }) => console.log(errno))`)
    expect(printed).toBe('EMFILE\nalive\n')
  })

  it('a config is taken on', async () => {
    const printed = await withoutFiles(`
      const hops = [makeHop({ port: 9, host: '192.0.2.9' })]
      const config = (name) => makeConfig({ hops, rules: [makeRule({ to: 9, name })] })
      const engine = await startEngine(config('a'))
      takeAll()
      await engine.apply(config('b'))`)
    expect(printed).toBe('alive\n')
  })

  it('an address is none of this machine, as far as is known', async () => {
    const printed = await withoutFiles(`
      takeAll()
      console.log(isOwnDestination({ host: '192.0.2.9', port: 9 }, (_port, address) => address() !== undefined))`)
    expect(printed).toBe('false\nalive\n')
  })
})
