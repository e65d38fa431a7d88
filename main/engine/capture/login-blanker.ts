// Blanks passwords in what one side of a connection sends, byte for byte, so that lengths stay as they were: the
// password of a SOCKS5 login (RFC 1929), however the bytes are cut, and in chains one login after the other; HTTP's
// Authorization and Proxy-Authorization headers, and the PASS line of FTP and POP3, within a chunk; and any password
// that the config has, wherever it stands in a chunk.

const star = 0x2a
const authorization = /(?<=(?:^|\n)(?:proxy-)?authorization:[ \t]*[a-z]+[ \t]+)[^\r\n]+/gi

type Step =
  | 'start'
  | 'method-count'
  | 'methods'
  | 'version'
  | 'user-length'
  | 'user'
  | 'password-length'
  | 'password'
  | 'request'
  | 'request-address'
  | 'request-rest'
  | 'other'

export class LoginBlanker {
  readonly #secrets: readonly Buffer[]
  #step: Step = 'start'
  /** Bytes until the present part is over. */
  #left = 0

  /**
   * @param secrets passwords to blank wherever they stand
   * @param side whose bytes these are: only a client logs in, but a server may send back what it got
   */
  constructor(secrets: readonly string[], side: 'client' | 'server' = 'client') {
    this.#secrets = secrets.flatMap(forms)
    if (side === 'server') this.#step = 'other'
  }

  /** The chunk itself where there is nothing to blank, else a copy. */
  blank(chunk: Buffer): Buffer {
    let copy: Buffer | undefined
    const wipe = (start: number, end: number) => {
      copy ??= Buffer.from(chunk)
      copy.fill(star, start, end)
    }
    if (this.#step !== 'other') this.#followSocks(chunk, wipe)
    for (const secret of this.#secrets) {
      for (let at = chunk.indexOf(secret); at >= 0; at = chunk.indexOf(secret, at + secret.length)) {
        wipe(at, at + secret.length)
      }
    }
    blankLines(chunk, wipe)
    return copy ?? chunk
  }

  #followSocks(chunk: Buffer, wipe: (start: number, end: number) => void): void {
    for (let index = 0; index < chunk.length && this.#step !== 'other'; index += 1) {
      if (this.#step === 'password') wipe(index, index + 1)
      this.#take(chunk[index] ?? 0)
    }
  }

  /** RFC 1928 sections 3 and 4, RFC 1929 section 2: one byte further. */
  #take(byte: number): void {
    switch (this.#step) {
      case 'start':
        return this.#go(byte === 5 ? 'method-count' : 'other')
      case 'method-count':
        return this.#go('methods', byte, 'version')
      case 'methods':
        return this.#count('version')
      case 'version':
        if (byte === 1) return this.#go('user-length')
        return byte === 5 ? this.#go('request', 2) : this.#go('other')
      case 'user-length':
        return this.#go('user', byte, 'password-length')
      case 'user':
        return this.#count('password-length')
      case 'password-length':
        return this.#go('password', byte, 'version')
      case 'password':
        return this.#count('version')
      case 'request':
        return this.#count('request-address')
      case 'request-address':
        // The next byte is the first of the address, or the length of a name.
        if (byte === 1) return this.#go('request-rest', 6)
        if (byte === 4) return this.#go('request-rest', 18)
        return byte === 3 ? this.#go('request-rest', -1) : this.#go('other')
      case 'request-rest':
        if (this.#left === -1) return this.#go('request-rest', byte + 2)
        // In a chain the next hop's greeting follows.
        return this.#count('start')
      case 'other':
    }
  }

  #go(step: Step, left = 0, ifEmpty: Step = step): void {
    this.#step = left === 0 ? ifEmpty : step
    this.#left = left
  }

  #count(next: Step): void {
    this.#left -= 1
    if (this.#left === 0) this.#step = next
  }
}

function blankLines(chunk: Buffer, wipe: (start: number, end: number) => void): void {
  if (chunk.length > 6 && /^pass /i.test(chunk.toString('latin1', 0, 5))) {
    const end = chunk.findIndex((byte) => byte === 0x0d || byte === 0x0a)
    wipe(5, end < 0 ? chunk.length : end)
  }
  if (!chunk.includes('uthorization:') && !chunk.includes('UTHORIZATION:')) return
  for (const match of chunk.toString('latin1').matchAll(authorization)) {
    wipe(match.index, match.index + match[0].length)
  }
}

/** Shorter ones would be found in anything. */
const shortest = 4

/** The password as it is, and as HTTP's and SMTP's logins would hold it alone. */
function forms(secret: string): Buffer[] {
  const plain = Buffer.from(secret)
  return plain.length < shortest ? [] : [plain, Buffer.from(plain.toString('base64'))]
}
