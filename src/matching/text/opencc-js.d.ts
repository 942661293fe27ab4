/** The package types its converters, not its tables. */
declare module 'opencc-js/dict/TSCharacters' {
  /** Pairs "traditional simplified", parted by |. */
  const pairs: string
  export default pairs
}
