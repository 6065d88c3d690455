// The built Worker, with what Cloudflare bills counted on its way in and out. `GET /counts` tells.
import { WorkerEntrypoint } from "cloudflare:workers";
import Edge, { Conversation, Store } from "../../../edge/build/index.js";

// All of it runs in one isolate here, so one set of counts sees everything.
const counts = {
  worker_requests: 0, kv_reads: 0, kv_writes: 0, kv_deletes: 0, kv_lists: 0, kv_bytes: 0,
  object_requests: 0, object_messages: 0, object_alarms: 0, object_ms: 0, alarms_set: 0,
};
/** Of each object's database: the cursors that were handed out, and what they came to. Only the object itself can ask them. */
const databases = new Map();

/** Counts every call of a method, wherever the object is used: the prototype's method is replaced once. */
function count(object, method, note) {
  const prototype = Object.getPrototypeOf(object);
  const original = prototype[method];
  if (original.counted) return;
  prototype[method] = function counted(...args) {
    const result = original.apply(this, args);
    note(this, result, ...args);
    return result;
  };
  prototype[method].counted = true;
}

function countKv(kv) {
  count(kv, "get", () => { counts.kv_reads += 1; });
  count(kv, "getWithMetadata", () => { counts.kv_reads += 1; });
  count(kv, "list", () => { counts.kv_lists += 1; });
  count(kv, "delete", () => { counts.kv_deletes += 1; });
  count(kv, "put", (_kv, _done, key, value) => {
    counts.kv_writes += 1;
    counts.kv_bytes += key.length + (typeof value === "string" ? new TextEncoder().encode(value).length : value.byteLength);
  });
}

function countStorage(storage) {
  count(storage.sql, "exec", (sql, cursor) => { databases.get(sql).cursors.push(cursor); });
  count(storage, "setAlarm", () => { counts.alarms_set += 1; });
}

/** An object's class with its events counted. Only while its handlers run is it billed for time: between them it may hibernate. */
function counted(Class, name) {
  return class {
    constructor(state, env) {
      countKv(env.OPENLINE);
      countStorage(state.storage);
      this.sql = state.storage.sql;
      databases.set(this.sql, { name, cursors: [], rows_read: 0, rows_written: 0, bytes: 0 });
      this.object = new Class(state, env);
    }

    fetch(request) {
      return timed(this.sql, "object_requests", () => this.object.fetch(request));
    }

    alarm(info) {
      return timed(this.sql, "object_alarms", () => this.object.alarm(info));
    }

    webSocketMessage(socket, message) {
      return timed(this.sql, "object_messages", () => this.object.webSocketMessage(socket, message));
    }

    webSocketClose(...how) {
      return this.object.webSocketClose(...how);
    }

    webSocketError(...what) {
      return this.object.webSocketError(...what);
    }
  };
}

async function timed(sql, name, work) {
  counts[name] += 1;
  const startedAt = Date.now();
  try {
    return await work();
  } finally {
    counts.object_ms += Date.now() - startedAt;
    const database = databases.get(sql);
    const sum = (figure) => database.cursors.reduce((total, cursor) => total + cursor[figure], 0);
    Object.assign(database, { rows_read: sum("rowsRead"), rows_written: sum("rowsWritten"), bytes: sql.databaseSize });
  }
}

export const CountedConversation = counted(Conversation, "conversation");
export const CountedStore = counted(Store, "store");

export default class extends WorkerEntrypoint {
  fetch(request) {
    if (new URL(request.url).pathname === "/counts") return Response.json(told());
    counts.worker_requests += 1;
    countKv(this.env.OPENLINE);
    return new Edge(this.ctx, this.env).fetch(request);
  }
}

function told() {
  const sum = (figure, name) => [...databases.values()]
    .filter((database) => !name || database.name === name)
    .reduce((total, database) => total + database[figure], 0);
  return {
    ...counts, rows_read: sum("rows_read"), rows_written: sum("rows_written"),
    conversation_bytes: sum("bytes", "conversation"), store_bytes: sum("bytes", "store"),
  };
}
