// One service in two versions: what is in flight on the old one must end there.
export const upgrade = (restate, version, name = "UpgradeTs") => [
  restate.service({
    name,
    handlers: {
      version: async () => version,
      wait: async (ctx, cell) => {
        const { id, promise } = ctx.awakeable();
        ctx.genericSend({
          service: "CellTsStreaming",
          method: "set",
          key: cell,
          parameter: { name: "awakeable", value: id },
          inputSerde: restate.serde.json,
        });
        const answer = await promise;
        return `${version}: ${answer}`;
      },
    },
  }),
];
