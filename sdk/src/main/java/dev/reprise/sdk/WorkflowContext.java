package dev.reprise.sdk;

/** What the main handler of a workflow can do. It runs once for each key: change the state, and use the promises. */
public interface WorkflowContext extends SharedWorkflowContext, ObjectContext {}
