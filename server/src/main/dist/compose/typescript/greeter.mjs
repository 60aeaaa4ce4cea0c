import * as restate from "@restatedev/restate-sdk";

const greeter = restate.service({
  name: "Greeter",
  handlers: {
    greet: async (ctx, name) => {
      await ctx.run("open account", () => console.log(`an account for ${name}`));
      await ctx.sleep({ seconds: 1 });
      await ctx.run("send mail", () => console.log(`a mail to ${name}`));
      return `Welcome, ${name}!`;
    },
  },
});

restate.serve({ services: [greeter], port: 9080 });
