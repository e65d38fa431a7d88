/** Pieces of long texts without a login, over which one that looks for a login may take long. */
export const slowTexts = ['a', ':', '://', '://a:', 'a:', 'a/', '"a', '@', 'a@/'] as const
