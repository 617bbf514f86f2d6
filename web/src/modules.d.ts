declare module 'virtual:texts/*' {
  /** Key to text. */
  const texts: Record<string, string>;
  export default texts;
}

declare module 'virtual:outline/*' {
  /** Area code to SVG path. */
  const paths: Record<string, string>;
  export default paths;
}
