import { afterAll, beforeAll, expect, it } from 'vitest'
import { createServer as createTlsServer } from 'node:tls'
import { noiseBuffer, noiseSha256, sha256 } from '../support/data.ts'
import { makeCertificate, type Certificate } from '../support/certificate.ts'
import { forward } from '../support/forward.ts'
import { managed } from '../support/managed.ts'
import { mustRun, run } from '../support/process.ts'
import { startDante } from '../support/servers/dante.ts'
import { gitEnvironment, startGitDaemon } from '../support/servers/git-daemon.ts'
import { startPostgres } from '../support/servers/postgres.ts'
import type { ProxyServer } from '../support/servers/proxy-server.ts'
import { startRedis } from '../support/servers/redis.ts'
import { startSshd } from '../support/servers/sshd.ts'
import { startAnswerAfterEnd } from '../support/targets.ts'
import { startListening } from '../support/tcp-server.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { describeWith, tool } from '../support/tools.ts'

// Real programs that know nothing of SOCKS, each through a rule and dante, which passes on half-closes.

describeWith(['danted'], 'through dante', () => {
  let hop: ProxyServer
  beforeAll(async () => {
    hop = await startDante()
  })
  afterAll(() => hop.close())

  describeWith(['openssl'], 'openssl s_client', () => {
    let certificate: Certificate
    beforeAll(async () => {
      certificate = await makeCertificate()
    })
    afterAll(() => certificate.close())

    it('shakes hands, verifies the certificate, and gets its answer', async () => {
      const server = createTlsServer({ key: certificate.key, cert: certificate.cert }, (socket) => {
        socket.on('error', () => undefined)
        socket.once('data', (chunk: Buffer) => socket.end(`you said ${String(chunk)}`))
      })
      const target = await startListening(server)
      const { port, engine } = await forward({ port: hop.port }, target)
      const output = await mustRun(
        tool('openssl'),
        [
          ...['s_client', '-connect', `127.0.0.1:${port}`, '-servername', 'localhost', '-quiet'],
          ...['-CAfile', certificate.certFile, '-verify_return_error', '-verify_hostname', 'localhost'],
        ],
        { input: 'hello\n' },
      )
      expect(output).toBe('you said hello\n')
      expect(engine.failures).toEqual([])
      server.close()
    })
  })

  describeWith(['nc'], 'nc', () => {
    it('ends its side and still gets the answer (printf x | nc -N)', async () => {
      const target = await managed(startAnswerAfterEnd())
      const { port } = await forward({ port: hop.port }, target.port)
      const { code, stdout } = await run(tool('nc'), ['-N', '127.0.0.1', String(port)], { input: 'x' })
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'got: x' })
    })

    it('ends its side without a word (nc -N < /dev/null)', async () => {
      const target = await managed(startAnswerAfterEnd())
      const { port } = await forward({ port: hop.port }, target.port)
      const { code, stdout } = await run(tool('nc'), ['-N', '127.0.0.1', String(port)])
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'got: ' })
    })
  })

  describeWith(['git'], 'git', () => {
    it('clones over git://', async () => {
      const daemon = await managed(startGitDaemon())
      const folder = await managed(makeTempDir())
      const { port, engine } = await forward({ port: hop.port }, daemon.port)
      const clone = folder.file('clone')
      await mustRun(tool('git'), ['clone', '-q', `git://127.0.0.1:${port}/repository`, clone], {
        env: gitEnvironment,
      })
      const head = await mustRun(tool('git'), ['-C', clone, 'rev-parse', 'HEAD'], { env: gitEnvironment })
      expect(head.trim()).toBe(daemon.head)
      await mustRun(tool('git'), ['-C', clone, 'fsck', '--full', '--strict'], { env: gitEnvironment })
      expect(engine.failures).toEqual([])
    })
  })

  describeWith(['psql', 'initdb', 'postgres', 'id'], 'psql', () => {
    it('asks, loads and unloads a table', async () => {
      const database = await managed(startPostgres())
      const { port, engine } = await forward({ port: hop.port }, database.port)
      const env = {
        PATH: process.env['PATH'],
        PGCONNECT_TIMEOUT: '10',
        PGCLIENTENCODING: 'UTF8',
        HOME: '/nonexistent',
      }
      const address = ['-h', '127.0.0.1', '-p', String(port), '-U', 'tester', '-d', 'postgres']
      const psql = (sql: string, input = '') =>
        mustRun(tool('psql'), [...address, '-XAtq', '-v', 'ON_ERROR_STOP=1', '-c', sql], { env, input })

      expect(await psql('select 6 * 7')).toBe('42\n')
      const rows = Array.from({ length: 100_000 }, (_, index) => `${index}\tzeile ${index} äöü`)
      await psql('create table t (n integer primary key, text text)')
      await psql('copy t from stdin', `${rows.join('\n')}\n`)
      const copied = await psql('copy (select * from t order by n) to stdout')
      expect(sha256(Buffer.from(copied))).toBe(sha256(Buffer.from(`${rows.join('\n')}\n`)))
      expect(engine.failures).toEqual([])
    })
  })

  describeWith(['redis-server', 'redis-cli'], 'redis-cli', () => {
    it('stores and fetches 5 MB', async () => {
      const database = await managed(startRedis())
      const { port, engine } = await forward({ port: hop.port }, database.port)
      const redis = (args: string[], input = '') =>
        mustRun(tool('redis-cli'), ['-h', '127.0.0.1', '-p', String(port), ...args], { input })
      expect(await redis(['ping'])).toBe('PONG\n')
      const value = noiseBuffer(2_500_000).toString('hex')
      expect(await redis(['-x', 'set', 'key'], value)).toBe('OK\n')
      expect((await redis(['--raw', 'get', 'key'])).trimEnd()).toBe(value)
      expect(engine.failures).toEqual([])
    })
  })

  describeWith(['ssh', 'sshd', 'ssh-keygen', 'sha256sum'], 'ssh', () => {
    it('runs a command at the other end of a rule, with 20 MB of input', async () => {
      const server = await managed(startSshd())
      const { port, engine } = await forward({ port: hop.port }, server.port)
      const bytes = 20_000_000
      const output = await mustRun(tool('ssh'), [...server.clientArgs(port), '127.0.0.1', 'sha256sum'], {
        input: noiseBuffer(bytes),
      })
      expect(output).toBe(`${noiseSha256(bytes)}  -\n`)
      expect(engine.failures).toEqual([])
    })
  })
})
