declare module 'virtual:bundled-models' {
  const bundled: import('./library/bundled').Bundled[];
  export default bundled;
}
