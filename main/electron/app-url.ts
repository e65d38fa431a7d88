export const appScheme = 'app'
export const appHost = 'nexthop'
export const appUrl = `${appScheme}://${appHost}/`

/** True for pages and files of the app itself. */
export function isAppUrl(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed?.protocol === `${appScheme}:` && parsed.host === appHost
}
