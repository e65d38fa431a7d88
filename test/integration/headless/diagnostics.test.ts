import { readFile, stat, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { cli, listeningPort, startCli } from '../../support/cli.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort } from '../../support/tcp-server.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

describe('nexthop forward', () => {
  it('records packets into a file, with the password blanked', async () => {
    const dir = await managed(makeTempDir())
    const path = dir.file('out.pcapng')
    const echo = await managed(startEcho())
    const socks = await managed(startSocksServer({ login: { user: 'me', password: 'hunter22' } }))
    const via = `socks5://me:hunter22@127.0.0.1:${socks.port}`
    const running = await managed(
      startCli(['forward', '0', `127.0.0.1:${echo.port}`, '--via', via, '--capture', path]),
    )
    const client = await connectTo(await listeningPort(running))
    client.end('hello out there')
    expect((await client.takeRest()).toString()).toBe('hello out there')
    await running.warns(/info {2}Recording packets into .*out\.pcapng\.\n/)
    running.signal('SIGTERM')
    expect(await running.ended).toBe(0)
    expect(running.stderr()).toMatch(
      /Recorded \d\d packets of 1 connection, [\d.]+ kB, into .*out\.pcapng: Nexthop ended\.\n/,
    )
    const content = await readFile(path)
    expect(content.readUInt32LE(0)).toBe(0x0a0d0d0a)
    expect(content.includes('hello out there')).toBe(true)
    expect(content.includes('hunter22')).toBe(false)
    expect(content.includes('********')).toBe(true)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('overwrites no file without being told to', async () => {
    const dir = await managed(makeTempDir())
    await writeFile(dir.file('kept'), 'mine')
    const args = ['forward', '0', '127.0.0.1:9', '--direct', '--capture', dir.file('kept')]
    const { code, stderr } = await cli(args)
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `nexthop: The file ${dir.file('kept')} is there already: choose another name, or overwrite it with --force.\n`,
    })
    expect(await readFile(dir.file('kept'), 'utf8')).toBe('mine')
    const forced = await managed(startCli([...args, '--force']))
    await forced.warns(/Recording packets into/)
    expect((await readFile(dir.file('kept'))).readUInt32LE(0)).toBe(0x0a0d0d0a)
  })

  it('listens only where its file can be written', async () => {
    const dir = await managed(makeTempDir())
    const path = dir.file('none/x.pcapng')
    const { code, stdout, stderr } = await cli(['forward', '0', '127.0.0.1:9', '--direct', '--capture', path])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(
      `nexthop: The file ${path} can not be written: there is no such folder (ENOENT); ` +
        'choose a file in a folder that this user may write to.\n',
    )
  })

  it('leaves the file alone where its port can not be had', async () => {
    const dir = await managed(makeTempDir())
    const taken = await managed(startEcho())
    await writeFile(dir.file('kept'), 'mine')
    const args = ['forward', String(taken.port), '127.0.0.1:9', '--direct', '--capture']
    expect((await cli([...args, dir.file('kept'), '--force'])).code).toBe(1)
    expect(await readFile(dir.file('kept'), 'utf8')).toBe('mine')
    expect((await cli([...args, dir.file('new')])).code).toBe(1)
    await expect(stat(dir.file('new'))).rejects.toThrow('ENOENT')
  })

  it('prints the trace of a connection, with the cause', async () => {
    const port = await freePort()
    const running = await managed(
      startCli([
        ...['forward', '0', 'db.internal:5432', '--via', `socks5h://127.0.0.1:${port}`],
        ...['--retries', '0', '--trace'],
      ]),
    )
    const client = await connectTo(await listeningPort(running))
    expect(await client.ending).not.toBe('')
    await running.says(/connection \S+, 127\.0\.0\.1:\d+ to db\.internal:5432 via \S+: failed/)
    expect(await running.says(/connect-hop .*/)).toContain(`127.0.0.1:${port} failed with ECONNREFUSED`)
    const sentence = /nothing listens there\. Check that the proxy runs/g
    await running.says(new RegExp(sentence.source))
    expect(running.stdout().match(sentence)).toHaveLength(1)
    // The log has its sentence as ever: it may go elsewhere than the traces do.
    await running.warns(new RegExp(`warn .*, connection 1 from .*${sentence.source}`))
  })

  it('prints the traces of connections that closed right before it is ended', async () => {
    const echo = await managed(startEcho())
    const running = await managed(startCli(['forward', '0', `127.0.0.1:${echo.port}`, '--direct', '--trace']))
    const port = await listeningPort(running)
    for (let count = 0; count < 3; count += 1) {
      const client = await connectTo(port)
      client.end('x')
      await client.takeRest()
    }
    running.signal('SIGINT')
    expect(await running.ended).toBe(0)
    expect(
      running.stdout().match(/ connection \d+, 127\.0\.0\.1:\d+ to .*: fine, 1 B up, 1 B down/g),
    ).toHaveLength(3)
  })

  it('prints traces for programs', async () => {
    const echo = await managed(startEcho())
    const running = await managed(
      startCli(['forward', '0', `127.0.0.1:${echo.port}`, '--direct', '--trace', '--json']),
    )
    const client = await connectTo(await listeningPort(running))
    client.end('four')
    await client.takeRest()
    const line = await running.says(/.*"event":"trace".*/)
    expect(JSON.parse(line)).toMatchObject({
      target: `127.0.0.1:${echo.port}`,
      bytesUp: 4,
      bytesDown: 4,
      closeReason: { how: 'end' },
    })
  })

  it('says what is wrong with a capture that can not be', async () => {
    const target = ['forward', '0', '127.0.0.1:9', '--direct']
    const missing = await cli([...target, '--capture', '/no/such/folder/x.pcapng'])
    expect(missing.code).toBe(1)
    expect(missing.stderr).toContain('ENOENT')
    const small = await cli([...target, '--capture', '/tmp/x.pcapng', '--capture-size', '10'])
    expect(small.code).toBe(2)
    expect(small.stderr).toContain('Capture size')
  })
})
