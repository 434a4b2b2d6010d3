declare module 'virtual:sample-trail' {
  /** The bundled sample, a tar of CloudTrail log files, in base64: the page may open no connection to fetch it. */
  const base64: string;
  export default base64;
}
