/** Beside the config, in the notation of the machine that the app runs on. */
export function traceFolderOf(configPath: string): string {
  return configPath.replace(/[^/\\]*$/, 'traces')
}
