import { readFile } from 'node:fs/promises'
import { mustRun } from './process.ts'
import { makeTempDir } from './temp-dir.ts'
import { tool } from './tools.ts'

export interface Certificate {
  readonly key: string
  readonly cert: string
  /** For programs that must trust it. */
  readonly certFile: string
  close(): Promise<void>
}

/** A self-signed certificate for localhost, made by openssl. */
export async function makeCertificate({ hasExpired = false } = {}): Promise<Certificate> {
  const folder = await makeTempDir()
  const [keyFile, certFile] = [folder.file('key.pem'), folder.file('cert.pem')]
  await mustRun(tool('openssl'), [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', keyFile, '-out', certFile],
  ])
  if (hasExpired) {
    // The same once more, but until yesterday.
    const requestFile = folder.file('request.pem')
    const again = ['-in', certFile, '-signkey', keyFile]
    await mustRun(tool('openssl'), [
      ...['x509', '-x509toreq', ...again, '-copy_extensions', 'copyall', '-out', requestFile],
    ])
    await mustRun(tool('openssl'), [
      ...['x509', '-req', '-in', requestFile, '-signkey', keyFile, '-days', '-1'],
      ...['-copy_extensions', 'copyall', '-out', certFile],
    ])
  }
  return {
    key: await readFile(keyFile, 'utf8'),
    cert: await readFile(certFile, 'utf8'),
    certFile,
    close: () => folder.close(),
  }
}
