import type { AppUpdater, UpdateInfo } from 'electron-updater'
import { GenericProvider } from 'electron-updater/out/providers/GenericProvider.js'
import { parseUpdateInfo, type ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js'
import { getChannelFilename, newUrlFromBase } from 'electron-updater/out/util.js'
import { isSigned, type UpdateFeed } from './feed.ts'

// electron-updater compares a download with the hash in the feed, and trusts the feed as far as HTTPS goes. Whoever can
// put files on the server could so replace the app; hence a signature over the feed, by a key that is not on the server.

class SignedProvider extends GenericProvider {
  readonly #feed: UpdateFeed
  readonly #channel: () => string

  constructor(feed: UpdateFeed, updater: AppUpdater, options: ProviderRuntimeOptions) {
    super({ provider: 'generic', url: feed.url }, updater, options)
    this.#feed = feed
    this.#channel = () => this.getCustomChannelName(updater.channel ?? 'latest')
  }

  override async getLatestVersion(): Promise<UpdateInfo> {
    const file = getChannelFilename(this.#channel())
    const at = (name: string) => newUrlFromBase(name, new URL(`${this.#feed.url.replace(/\/*$/, '')}/`), true)
    const text = (await this.httpRequest(at(file))) ?? ''
    const signature = (await this.httpRequest(at(`${file}.sig`))) ?? ''
    if (!isSigned(text, signature, this.#feed.publicKey)) {
      throw new Error(`${file} is not signed by who made this app`)
    }
    return parseUpdateInfo(text, file, at(file))
  }
}

/** The provider of one feed, as electron-updater wants to make it. */
export function signedProvider(feed: UpdateFeed) {
  return class extends SignedProvider {
    constructor(_options: unknown, updater: AppUpdater, options: ProviderRuntimeOptions) {
      super(feed, updater, options)
    }
  }
}
