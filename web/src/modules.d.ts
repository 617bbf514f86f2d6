declare module 'virtual:outline/*' {
  /** Area code to SVG path. */
  const paths: Record<string, string>;
  export default paths;
}
