// htm has types that know nothing of bind's result; this is what the page needs of it.
declare module 'htm' {
  const htm: {
    bind<R>(h: (type: any, props: any, ...children: any[]) => R): (strings: TemplateStringsArray, ...values: any[]) => R;
  };
  export default htm;
}
