// Generated from schemas/training.schema.json by `npm run generate`.
// @ts-nocheck
import type { ValidateFunction } from 'ajv';
import type { Training } from './training.generated.ts';

var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};

// node_modules/ajv/dist/runtime/ucs2length.js
var require_ucs2length = __commonJS({
  "node_modules/ajv/dist/runtime/ucs2length.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    function ucs2length(str) {
      const len = str.length;
      let length = 0;
      let pos = 0;
      let value;
      while (pos < len) {
        length++;
        value = str.charCodeAt(pos++);
        if (value >= 55296 && value <= 56319 && pos < len) {
          value = str.charCodeAt(pos);
          if ((value & 64512) === 56320)
            pos++;
        }
      }
      return length;
    }
    exports.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  }
});

// <stdin>
var validate = validate20;
var stdin_default = validate20;
var schema31 = { "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "training.schema.json", "type": "object", "required": ["kind", "job", "environment"], "additionalProperties": false, "properties": { "kind": { "const": "training" }, "version": { "$ref": "#/$defs/version" }, "job": { "$ref": "#/$defs/job" }, "environment": { "$ref": "#/$defs/environment" }, "resources": { "$ref": "#/$defs/resources" }, "storage": { "$ref": "#/$defs/storage" }, "framework": { "enum": ["native", "kubeflow", "verl"] }, "deepspeed": { "type": "object", "additionalProperties": false, "properties": { "stage": { "type": ["integer", "string"], "enum": [0, 1, 2, 3, "0", "1", "2", "3"] }, "offload": { "enum": ["none", "cpu", "nvme"] }, "config": { "type": "object" }, "path": { "$ref": "#/$defs/text" } } }, "distributed": { "type": "object", "additionalProperties": false, "properties": { "network": { "enum": ["auto", "pod", "host"] }, "ncclSocketIfname": { "$ref": "#/$defs/text" }, "rdma": { "type": "boolean" }, "sameRack": { "enum": ["preferred", "required", "off"] } } }, "output": { "type": "object", "additionalProperties": false, "properties": { "dir": { "type": "string", "minLength": 1 }, "resumeFromCheckpoint": { "type": "boolean" } } }, "retries": { "$ref": "#/$defs/count" }, "timeout": { "$ref": "#/$defs/duration" } }, "$defs": { "version": { "type": ["string", "number"] }, "job": { "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": { "$ref": "#/$defs/dnsLabel" }, "namespace": { "$ref": "#/$defs/dnsLabel" }, "priority": { "enum": ["high", "medium", "low"] }, "description": { "$ref": "#/$defs/text" }, "epochs": { "$ref": "#/$defs/positiveCount" }, "batchSize": { "$ref": "#/$defs/positiveCount" } } }, "dnsLabel": { "type": "string", "pattern": "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" }, "text": { "type": ["string", "number", "boolean"] }, "positiveCount": { "type": ["integer", "string"], "pattern": "^[0-9]*[1-9][0-9]*$", "minimum": 1 }, "environment": { "type": "object", "required": ["image"], "additionalProperties": false, "properties": { "image": { "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._:/-]*(@sha256:[0-9a-f]{64})?$" }, "imagePullSecret": { "$ref": "#/$defs/resourceName" }, "command": { "type": "array", "items": { "$ref": "#/$defs/text" } }, "args": { "type": "array", "items": { "$ref": "#/$defs/text" } }, "env": { "$ref": "#/$defs/env" } } }, "resourceName": { "type": "string", "pattern": "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" }, "env": { "type": ["array", "object"], "items": { "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": { "type": "string", "pattern": "^[-._a-zA-Z][-._a-zA-Z0-9]*$" }, "value": { "$ref": "#/$defs/text" }, "secret": { "$ref": "#/$defs/resourceName" }, "key": { "$ref": "#/$defs/text" } }, "dependentRequired": { "secret": ["key"], "key": ["secret"] } }, "propertyNames": { "pattern": "^[-._a-zA-Z][-._a-zA-Z0-9]*$" }, "additionalProperties": { "$ref": "#/$defs/text" } }, "resources": { "type": "object", "additionalProperties": false, "properties": { "pool": { "$ref": "#/$defs/labelValue" }, "gpu": { "$ref": "#/$defs/count" }, "acceleratorCount": { "$ref": "#/$defs/count" }, "gpuType": { "$ref": "#/$defs/text" }, "nodeCount": { "$ref": "#/$defs/positiveCount" }, "queue": { "$ref": "#/$defs/resourceName" }, "cpu": { "$ref": "#/$defs/quantity" }, "memory": { "$ref": "#/$defs/quantity" }, "gpuShare": { "$ref": "#/$defs/quantity" } } }, "labelValue": { "type": "string", "pattern": "^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$" }, "count": { "type": ["integer", "string"], "pattern": "^[0-9]+$", "minimum": 0 }, "quantity": { "type": ["string", "number"], "pattern": "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|m|k|[MGTPE]|[KMGTPE]i)?$", "minimum": 0 }, "storage": { "type": "object", "additionalProperties": false, "properties": { "workdirs": { "type": "array", "items": { "type": "object", "required": ["path"], "additionalProperties": false, "properties": { "path": { "type": "string", "pattern": "^/" }, "hostPath": { "type": "string", "pattern": "^/" }, "claim": { "$ref": "#/$defs/resourceName" }, "nfs": { "type": "object", "required": ["server", "path"], "additionalProperties": false, "properties": { "server": { "type": "string", "minLength": 1 }, "path": { "type": "string", "pattern": "^/" } } }, "size": { "$ref": "#/$defs/quantity" }, "storageClass": { "$ref": "#/$defs/resourceName" }, "readOnly": { "type": "boolean" } } } } } }, "duration": { "type": ["string", "number"], "pattern": "^(?=.*[1-9])([0-9]+|([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?)$", "exclusiveMinimum": 0 } } };
var schema32 = { "type": ["string", "number"] };
var schema36 = { "type": ["string", "number", "boolean"] };
var schema50 = { "type": ["integer", "string"], "pattern": "^[0-9]+$", "minimum": 0 };
var schema65 = { "type": ["string", "number"], "pattern": "^(?=.*[1-9])([0-9]+|([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?)$", "exclusiveMinimum": 0 };
var func1 = Object.prototype.hasOwnProperty;
var func3 = require_ucs2length().default;
var schema33 = { "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": { "$ref": "#/$defs/dnsLabel" }, "namespace": { "$ref": "#/$defs/dnsLabel" }, "priority": { "enum": ["high", "medium", "low"] }, "description": { "$ref": "#/$defs/text" }, "epochs": { "$ref": "#/$defs/positiveCount" }, "batchSize": { "$ref": "#/$defs/positiveCount" } } };
var schema37 = { "type": ["integer", "string"], "pattern": "^[0-9]*[1-9][0-9]*$", "minimum": 1 };
var pattern4 = new RegExp("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", "u");
var pattern6 = new RegExp("^[0-9]*[1-9][0-9]*$", "u");
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate21.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "name" || key0 === "namespace" || key0 === "priority" || key0 === "description" || key0 === "epochs" || key0 === "batchSize")) {
        const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.name !== void 0) {
      let data0 = data.name;
      if (typeof data0 === "string") {
        if (!pattern4.test(data0)) {
          const err2 = { instancePath: instancePath + "/name", schemaPath: "#/$defs/dnsLabel/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"' };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = { instancePath: instancePath + "/name", schemaPath: "#/$defs/dnsLabel/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.namespace !== void 0) {
      let data1 = data.namespace;
      if (typeof data1 === "string") {
        if (!pattern4.test(data1)) {
          const err4 = { instancePath: instancePath + "/namespace", schemaPath: "#/$defs/dnsLabel/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"' };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/namespace", schemaPath: "#/$defs/dnsLabel/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.priority !== void 0) {
      let data2 = data.priority;
      if (!(data2 === "high" || data2 === "medium" || data2 === "low")) {
        const err6 = { instancePath: instancePath + "/priority", schemaPath: "#/properties/priority/enum", keyword: "enum", params: { allowedValues: schema33.properties.priority.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.description !== void 0) {
      let data3 = data.description;
      if (typeof data3 !== "string" && !(typeof data3 == "number" && isFinite(data3)) && typeof data3 !== "boolean") {
        const err7 = { instancePath: instancePath + "/description", schemaPath: "#/$defs/text/type", keyword: "type", params: { type: schema36.type }, message: "must be string,number,boolean" };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.epochs !== void 0) {
      let data4 = data.epochs;
      if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4)) && typeof data4 !== "string") {
        const err8 = { instancePath: instancePath + "/epochs", schemaPath: "#/$defs/positiveCount/type", keyword: "type", params: { type: schema37.type }, message: "must be integer,string" };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
      if (typeof data4 == "number" && isFinite(data4)) {
        if (data4 < 1 || isNaN(data4)) {
          const err9 = { instancePath: instancePath + "/epochs", schemaPath: "#/$defs/positiveCount/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      }
      if (typeof data4 === "string") {
        if (!pattern6.test(data4)) {
          const err10 = { instancePath: instancePath + "/epochs", schemaPath: "#/$defs/positiveCount/pattern", keyword: "pattern", params: { pattern: "^[0-9]*[1-9][0-9]*$" }, message: 'must match pattern "^[0-9]*[1-9][0-9]*$"' };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      }
    }
    if (data.batchSize !== void 0) {
      let data5 = data.batchSize;
      if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5)) && typeof data5 !== "string") {
        const err11 = { instancePath: instancePath + "/batchSize", schemaPath: "#/$defs/positiveCount/type", keyword: "type", params: { type: schema37.type }, message: "must be integer,string" };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
      if (typeof data5 == "number" && isFinite(data5)) {
        if (data5 < 1 || isNaN(data5)) {
          const err12 = { instancePath: instancePath + "/batchSize", schemaPath: "#/$defs/positiveCount/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      }
      if (typeof data5 === "string") {
        if (!pattern6.test(data5)) {
          const err13 = { instancePath: instancePath + "/batchSize", schemaPath: "#/$defs/positiveCount/pattern", keyword: "pattern", params: { pattern: "^[0-9]*[1-9][0-9]*$" }, message: 'must match pattern "^[0-9]*[1-9][0-9]*$"' };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
      }
    }
  } else {
    const err14 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err14];
    } else {
      vErrors.push(err14);
    }
    errors++;
  }
  validate21.errors = vErrors;
  return errors === 0;
}
validate21.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var pattern8 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._:/-]*(@sha256:[0-9a-f]{64})?$", "u");
var pattern9 = new RegExp("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$", "u");
var schema43 = { "type": ["array", "object"], "items": { "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": { "type": "string", "pattern": "^[-._a-zA-Z][-._a-zA-Z0-9]*$" }, "value": { "$ref": "#/$defs/text" }, "secret": { "$ref": "#/$defs/resourceName" }, "key": { "$ref": "#/$defs/text" } }, "dependentRequired": { "secret": ["key"], "key": ["secret"] } }, "propertyNames": { "pattern": "^[-._a-zA-Z][-._a-zA-Z0-9]*$" }, "additionalProperties": { "$ref": "#/$defs/text" } };
var pattern10 = new RegExp("^[-._a-zA-Z][-._a-zA-Z0-9]*$", "u");
function validate24(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate24.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (!data || typeof data != "object") {
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: schema43.type }, message: "must be array,object" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (Array.isArray(data)) {
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      let data0 = data[i0];
      if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
        if (data0.name === void 0) {
          const err1 = { instancePath: instancePath + "/" + i0, schemaPath: "#/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
        for (const key0 in data0) {
          if (!(key0 === "name" || key0 === "value" || key0 === "secret" || key0 === "key")) {
            const err2 = { instancePath: instancePath + "/" + i0, schemaPath: "#/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
        }
        if (data0.name !== void 0) {
          let data1 = data0.name;
          if (typeof data1 === "string") {
            if (!pattern10.test(data1)) {
              const err3 = { instancePath: instancePath + "/" + i0 + "/name", schemaPath: "#/items/properties/name/pattern", keyword: "pattern", params: { pattern: "^[-._a-zA-Z][-._a-zA-Z0-9]*$" }, message: 'must match pattern "^[-._a-zA-Z][-._a-zA-Z0-9]*$"' };
              if (vErrors === null) {
                vErrors = [err3];
              } else {
                vErrors.push(err3);
              }
              errors++;
            }
          } else {
            const err4 = { instancePath: instancePath + "/" + i0 + "/name", schemaPath: "#/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err4];
            } else {
              vErrors.push(err4);
            }
            errors++;
          }
        }
        if (data0.value !== void 0) {
          let data2 = data0.value;
          if (typeof data2 !== "string" && !(typeof data2 == "number" && isFinite(data2)) && typeof data2 !== "boolean") {
            const err5 = { instancePath: instancePath + "/" + i0 + "/value", schemaPath: "#/$defs/text/type", keyword: "type", params: { type: schema36.type }, message: "must be string,number,boolean" };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
        if (data0.secret !== void 0) {
          let data3 = data0.secret;
          if (typeof data3 === "string") {
            if (!pattern9.test(data3)) {
              const err6 = { instancePath: instancePath + "/" + i0 + "/secret", schemaPath: "#/$defs/resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"' };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
          } else {
            const err7 = { instancePath: instancePath + "/" + i0 + "/secret", schemaPath: "#/$defs/resourceName/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
        }
        if (data0.key !== void 0) {
          let data4 = data0.key;
          if (typeof data4 !== "string" && !(typeof data4 == "number" && isFinite(data4)) && typeof data4 !== "boolean") {
            const err8 = { instancePath: instancePath + "/" + i0 + "/key", schemaPath: "#/$defs/text/type", keyword: "type", params: { type: schema36.type }, message: "must be string,number,boolean" };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
        if (data0.secret !== void 0) {
          if (data0.key === void 0) {
            const err9 = { instancePath: instancePath + "/" + i0, schemaPath: "#/items/dependentRequired", keyword: "dependentRequired", params: {
              property: "secret",
              missingProperty: "key",
              depsCount: 1,
              deps: "key"
            }, message: "must have property key when property secret is present" };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
        if (data0.key !== void 0) {
          if (data0.secret === void 0) {
            const err10 = { instancePath: instancePath + "/" + i0, schemaPath: "#/items/dependentRequired", keyword: "dependentRequired", params: {
              property: "key",
              missingProperty: "secret",
              depsCount: 1,
              deps: "secret"
            }, message: "must have property secret when property key is present" };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
      } else {
        const err11 = { instancePath: instancePath + "/" + i0, schemaPath: "#/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key1 in data) {
      const _errs15 = errors;
      if (typeof key1 === "string") {
        if (!pattern10.test(key1)) {
          const err12 = { instancePath, schemaPath: "#/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[-._a-zA-Z][-._a-zA-Z0-9]*$" }, message: 'must match pattern "^[-._a-zA-Z][-._a-zA-Z0-9]*$"', propertyName: key1 };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      }
      var valid6 = _errs15 === errors;
      if (!valid6) {
        const err13 = { instancePath, schemaPath: "#/propertyNames", keyword: "propertyNames", params: { propertyName: key1 }, message: "property name must be valid" };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    for (const key2 in data) {
      let data5 = data[key2];
      if (typeof data5 !== "string" && !(typeof data5 == "number" && isFinite(data5)) && typeof data5 !== "boolean") {
        const err14 = { instancePath: instancePath + "/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/text/type", keyword: "type", params: { type: schema36.type }, message: "must be string,number,boolean" };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
  }
  validate24.errors = vErrors;
  return errors === 0;
}
validate24.evaluated = { "props": true, "items": true, "dynamicProps": false, "dynamicItems": false };
function validate23(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate23.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.image === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "image" }, message: "must have required property 'image'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "image" || key0 === "imagePullSecret" || key0 === "command" || key0 === "args" || key0 === "env")) {
        const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.image !== void 0) {
      let data0 = data.image;
      if (typeof data0 === "string") {
        if (!pattern8.test(data0)) {
          const err2 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9][A-Za-z0-9._:/-]*(@sha256:[0-9a-f]{64})?$" }, message: 'must match pattern "^[A-Za-z0-9][A-Za-z0-9._:/-]*(@sha256:[0-9a-f]{64})?$"' };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.imagePullSecret !== void 0) {
      let data1 = data.imagePullSecret;
      if (typeof data1 === "string") {
        if (!pattern9.test(data1)) {
          const err4 = { instancePath: instancePath + "/imagePullSecret", schemaPath: "#/$defs/resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"' };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/imagePullSecret", schemaPath: "#/$defs/resourceName/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.command !== void 0) {
      let data2 = data.command;
      if (Array.isArray(data2)) {
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data3 = data2[i0];
          if (typeof data3 !== "string" && !(typeof data3 == "number" && isFinite(data3)) && typeof data3 !== "boolean") {
            const err6 = { instancePath: instancePath + "/command/" + i0, schemaPath: "#/$defs/text/type", keyword: "type", params: { type: schema36.type }, message: "must be string,number,boolean" };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        }
      } else {
        const err7 = { instancePath: instancePath + "/command", schemaPath: "#/properties/command/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.args !== void 0) {
      let data4 = data.args;
      if (Array.isArray(data4)) {
        const len1 = data4.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data5 = data4[i1];
          if (typeof data5 !== "string" && !(typeof data5 == "number" && isFinite(data5)) && typeof data5 !== "boolean") {
            const err8 = { instancePath: instancePath + "/args/" + i1, schemaPath: "#/$defs/text/type", keyword: "type", params: { type: schema36.type }, message: "must be string,number,boolean" };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
      } else {
        const err9 = { instancePath: instancePath + "/args", schemaPath: "#/properties/args/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.env !== void 0) {
      if (!validate24(data.env, { instancePath: instancePath + "/env", parentData: data, parentDataProperty: "env", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err10 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err10];
    } else {
      vErrors.push(err10);
    }
    errors++;
  }
  validate23.errors = vErrors;
  return errors === 0;
}
validate23.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var schema48 = { "type": "object", "additionalProperties": false, "properties": { "pool": { "$ref": "#/$defs/labelValue" }, "gpu": { "$ref": "#/$defs/count" }, "acceleratorCount": { "$ref": "#/$defs/count" }, "gpuType": { "$ref": "#/$defs/text" }, "nodeCount": { "$ref": "#/$defs/positiveCount" }, "queue": { "$ref": "#/$defs/resourceName" }, "cpu": { "$ref": "#/$defs/quantity" }, "memory": { "$ref": "#/$defs/quantity" }, "gpuShare": { "$ref": "#/$defs/quantity" } } };
var schema55 = { "type": ["string", "number"], "pattern": "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|m|k|[MGTPE]|[KMGTPE]i)?$", "minimum": 0 };
var pattern13 = new RegExp("^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$", "u");
var pattern14 = new RegExp("^[0-9]+$", "u");
var pattern18 = new RegExp("^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|m|k|[MGTPE]|[KMGTPE]i)?$", "u");
function validate27(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate27.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!func1.call(schema48.properties, key0)) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.pool !== void 0) {
      let data0 = data.pool;
      if (typeof data0 === "string") {
        if (!pattern13.test(data0)) {
          const err1 = { instancePath: instancePath + "/pool", schemaPath: "#/$defs/labelValue/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$" }, message: 'must match pattern "^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"' };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = { instancePath: instancePath + "/pool", schemaPath: "#/$defs/labelValue/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.gpu !== void 0) {
      let data1 = data.gpu;
      if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1)) && typeof data1 !== "string") {
        const err3 = { instancePath: instancePath + "/gpu", schemaPath: "#/$defs/count/type", keyword: "type", params: { type: schema50.type }, message: "must be integer,string" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 < 0 || isNaN(data1)) {
          const err4 = { instancePath: instancePath + "/gpu", schemaPath: "#/$defs/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      }
      if (typeof data1 === "string") {
        if (!pattern14.test(data1)) {
          const err5 = { instancePath: instancePath + "/gpu", schemaPath: "#/$defs/count/pattern", keyword: "pattern", params: { pattern: "^[0-9]+$" }, message: 'must match pattern "^[0-9]+$"' };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      }
    }
    if (data.acceleratorCount !== void 0) {
      let data2 = data.acceleratorCount;
      if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2)) && typeof data2 !== "string") {
        const err6 = { instancePath: instancePath + "/acceleratorCount", schemaPath: "#/$defs/count/type", keyword: "type", params: { type: schema50.type }, message: "must be integer,string" };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
      if (typeof data2 == "number" && isFinite(data2)) {
        if (data2 < 0 || isNaN(data2)) {
          const err7 = { instancePath: instancePath + "/acceleratorCount", schemaPath: "#/$defs/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      }
      if (typeof data2 === "string") {
        if (!pattern14.test(data2)) {
          const err8 = { instancePath: instancePath + "/acceleratorCount", schemaPath: "#/$defs/count/pattern", keyword: "pattern", params: { pattern: "^[0-9]+$" }, message: 'must match pattern "^[0-9]+$"' };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      }
    }
    if (data.gpuType !== void 0) {
      let data3 = data.gpuType;
      if (typeof data3 !== "string" && !(typeof data3 == "number" && isFinite(data3)) && typeof data3 !== "boolean") {
        const err9 = { instancePath: instancePath + "/gpuType", schemaPath: "#/$defs/text/type", keyword: "type", params: { type: schema36.type }, message: "must be string,number,boolean" };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.nodeCount !== void 0) {
      let data4 = data.nodeCount;
      if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4)) && typeof data4 !== "string") {
        const err10 = { instancePath: instancePath + "/nodeCount", schemaPath: "#/$defs/positiveCount/type", keyword: "type", params: { type: schema37.type }, message: "must be integer,string" };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
      if (typeof data4 == "number" && isFinite(data4)) {
        if (data4 < 1 || isNaN(data4)) {
          const err11 = { instancePath: instancePath + "/nodeCount", schemaPath: "#/$defs/positiveCount/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
      }
      if (typeof data4 === "string") {
        if (!pattern6.test(data4)) {
          const err12 = { instancePath: instancePath + "/nodeCount", schemaPath: "#/$defs/positiveCount/pattern", keyword: "pattern", params: { pattern: "^[0-9]*[1-9][0-9]*$" }, message: 'must match pattern "^[0-9]*[1-9][0-9]*$"' };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      }
    }
    if (data.queue !== void 0) {
      let data5 = data.queue;
      if (typeof data5 === "string") {
        if (!pattern9.test(data5)) {
          const err13 = { instancePath: instancePath + "/queue", schemaPath: "#/$defs/resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"' };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
      } else {
        const err14 = { instancePath: instancePath + "/queue", schemaPath: "#/$defs/resourceName/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.cpu !== void 0) {
      let data6 = data.cpu;
      if (typeof data6 !== "string" && !(typeof data6 == "number" && isFinite(data6))) {
        const err15 = { instancePath: instancePath + "/cpu", schemaPath: "#/$defs/quantity/type", keyword: "type", params: { type: schema55.type }, message: "must be string,number" };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
      if (typeof data6 == "number" && isFinite(data6)) {
        if (data6 < 0 || isNaN(data6)) {
          const err16 = { instancePath: instancePath + "/cpu", schemaPath: "#/$defs/quantity/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
      }
      if (typeof data6 === "string") {
        if (!pattern18.test(data6)) {
          const err17 = { instancePath: instancePath + "/cpu", schemaPath: "#/$defs/quantity/pattern", keyword: "pattern", params: { pattern: "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|m|k|[MGTPE]|[KMGTPE]i)?$" }, message: 'must match pattern "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|m|k|[MGTPE]|[KMGTPE]i)?$"' };
          if (vErrors === null) {
            vErrors = [err17];
          } else {
            vErrors.push(err17);
          }
          errors++;
        }
      }
    }
    if (data.memory !== void 0) {
      let data7 = data.memory;
      if (typeof data7 !== "string" && !(typeof data7 == "number" && isFinite(data7))) {
        const err18 = { instancePath: instancePath + "/memory", schemaPath: "#/$defs/quantity/type", keyword: "type", params: { type: schema55.type }, message: "must be string,number" };
        if (vErrors === null) {
          vErrors = [err18];
        } else {
          vErrors.push(err18);
        }
        errors++;
      }
      if (typeof data7 == "number" && isFinite(data7)) {
        if (data7 < 0 || isNaN(data7)) {
          const err19 = { instancePath: instancePath + "/memory", schemaPath: "#/$defs/quantity/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
          if (vErrors === null) {
            vErrors = [err19];
          } else {
            vErrors.push(err19);
          }
          errors++;
        }
      }
      if (typeof data7 === "string") {
        if (!pattern18.test(data7)) {
          const err20 = { instancePath: instancePath + "/memory", schemaPath: "#/$defs/quantity/pattern", keyword: "pattern", params: { pattern: "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|m|k|[MGTPE]|[KMGTPE]i)?$" }, message: 'must match pattern "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|m|k|[MGTPE]|[KMGTPE]i)?$"' };
          if (vErrors === null) {
            vErrors = [err20];
          } else {
            vErrors.push(err20);
          }
          errors++;
        }
      }
    }
    if (data.gpuShare !== void 0) {
      let data8 = data.gpuShare;
      if (typeof data8 !== "string" && !(typeof data8 == "number" && isFinite(data8))) {
        const err21 = { instancePath: instancePath + "/gpuShare", schemaPath: "#/$defs/quantity/type", keyword: "type", params: { type: schema55.type }, message: "must be string,number" };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
      if (typeof data8 == "number" && isFinite(data8)) {
        if (data8 < 0 || isNaN(data8)) {
          const err22 = { instancePath: instancePath + "/gpuShare", schemaPath: "#/$defs/quantity/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
          if (vErrors === null) {
            vErrors = [err22];
          } else {
            vErrors.push(err22);
          }
          errors++;
        }
      }
      if (typeof data8 === "string") {
        if (!pattern18.test(data8)) {
          const err23 = { instancePath: instancePath + "/gpuShare", schemaPath: "#/$defs/quantity/pattern", keyword: "pattern", params: { pattern: "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|m|k|[MGTPE]|[KMGTPE]i)?$" }, message: 'must match pattern "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|m|k|[MGTPE]|[KMGTPE]i)?$"' };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
      }
    }
  } else {
    const err24 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err24];
    } else {
      vErrors.push(err24);
    }
    errors++;
  }
  validate27.errors = vErrors;
  return errors === 0;
}
validate27.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var pattern21 = new RegExp("^/", "u");
function validate29(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate29.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "workdirs")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.workdirs !== void 0) {
      let data0 = data.workdirs;
      if (Array.isArray(data0)) {
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data1 = data0[i0];
          if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
            if (data1.path === void 0) {
              const err1 = { instancePath: instancePath + "/workdirs/" + i0, schemaPath: "#/properties/workdirs/items/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'" };
              if (vErrors === null) {
                vErrors = [err1];
              } else {
                vErrors.push(err1);
              }
              errors++;
            }
            for (const key1 in data1) {
              if (!(key1 === "path" || key1 === "hostPath" || key1 === "claim" || key1 === "nfs" || key1 === "size" || key1 === "storageClass" || key1 === "readOnly")) {
                const err2 = { instancePath: instancePath + "/workdirs/" + i0, schemaPath: "#/properties/workdirs/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err2];
                } else {
                  vErrors.push(err2);
                }
                errors++;
              }
            }
            if (data1.path !== void 0) {
              let data2 = data1.path;
              if (typeof data2 === "string") {
                if (!pattern21.test(data2)) {
                  const err3 = { instancePath: instancePath + "/workdirs/" + i0 + "/path", schemaPath: "#/properties/workdirs/items/properties/path/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"' };
                  if (vErrors === null) {
                    vErrors = [err3];
                  } else {
                    vErrors.push(err3);
                  }
                  errors++;
                }
              } else {
                const err4 = { instancePath: instancePath + "/workdirs/" + i0 + "/path", schemaPath: "#/properties/workdirs/items/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err4];
                } else {
                  vErrors.push(err4);
                }
                errors++;
              }
            }
            if (data1.hostPath !== void 0) {
              let data3 = data1.hostPath;
              if (typeof data3 === "string") {
                if (!pattern21.test(data3)) {
                  const err5 = { instancePath: instancePath + "/workdirs/" + i0 + "/hostPath", schemaPath: "#/properties/workdirs/items/properties/hostPath/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"' };
                  if (vErrors === null) {
                    vErrors = [err5];
                  } else {
                    vErrors.push(err5);
                  }
                  errors++;
                }
              } else {
                const err6 = { instancePath: instancePath + "/workdirs/" + i0 + "/hostPath", schemaPath: "#/properties/workdirs/items/properties/hostPath/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err6];
                } else {
                  vErrors.push(err6);
                }
                errors++;
              }
            }
            if (data1.claim !== void 0) {
              let data4 = data1.claim;
              if (typeof data4 === "string") {
                if (!pattern9.test(data4)) {
                  const err7 = { instancePath: instancePath + "/workdirs/" + i0 + "/claim", schemaPath: "#/$defs/resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"' };
                  if (vErrors === null) {
                    vErrors = [err7];
                  } else {
                    vErrors.push(err7);
                  }
                  errors++;
                }
              } else {
                const err8 = { instancePath: instancePath + "/workdirs/" + i0 + "/claim", schemaPath: "#/$defs/resourceName/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err8];
                } else {
                  vErrors.push(err8);
                }
                errors++;
              }
            }
            if (data1.nfs !== void 0) {
              let data5 = data1.nfs;
              if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
                if (data5.server === void 0) {
                  const err9 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs", schemaPath: "#/properties/workdirs/items/properties/nfs/required", keyword: "required", params: { missingProperty: "server" }, message: "must have required property 'server'" };
                  if (vErrors === null) {
                    vErrors = [err9];
                  } else {
                    vErrors.push(err9);
                  }
                  errors++;
                }
                if (data5.path === void 0) {
                  const err10 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs", schemaPath: "#/properties/workdirs/items/properties/nfs/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'" };
                  if (vErrors === null) {
                    vErrors = [err10];
                  } else {
                    vErrors.push(err10);
                  }
                  errors++;
                }
                for (const key2 in data5) {
                  if (!(key2 === "server" || key2 === "path")) {
                    const err11 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs", schemaPath: "#/properties/workdirs/items/properties/nfs/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err11];
                    } else {
                      vErrors.push(err11);
                    }
                    errors++;
                  }
                }
                if (data5.server !== void 0) {
                  let data6 = data5.server;
                  if (typeof data6 === "string") {
                    if (func3(data6) < 1) {
                      const err12 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs/server", schemaPath: "#/properties/workdirs/items/properties/nfs/properties/server/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err12];
                      } else {
                        vErrors.push(err12);
                      }
                      errors++;
                    }
                  } else {
                    const err13 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs/server", schemaPath: "#/properties/workdirs/items/properties/nfs/properties/server/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err13];
                    } else {
                      vErrors.push(err13);
                    }
                    errors++;
                  }
                }
                if (data5.path !== void 0) {
                  let data7 = data5.path;
                  if (typeof data7 === "string") {
                    if (!pattern21.test(data7)) {
                      const err14 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs/path", schemaPath: "#/properties/workdirs/items/properties/nfs/properties/path/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"' };
                      if (vErrors === null) {
                        vErrors = [err14];
                      } else {
                        vErrors.push(err14);
                      }
                      errors++;
                    }
                  } else {
                    const err15 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs/path", schemaPath: "#/properties/workdirs/items/properties/nfs/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err15];
                    } else {
                      vErrors.push(err15);
                    }
                    errors++;
                  }
                }
              } else {
                const err16 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs", schemaPath: "#/properties/workdirs/items/properties/nfs/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err16];
                } else {
                  vErrors.push(err16);
                }
                errors++;
              }
            }
            if (data1.size !== void 0) {
              let data8 = data1.size;
              if (typeof data8 !== "string" && !(typeof data8 == "number" && isFinite(data8))) {
                const err17 = { instancePath: instancePath + "/workdirs/" + i0 + "/size", schemaPath: "#/$defs/quantity/type", keyword: "type", params: { type: schema55.type }, message: "must be string,number" };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
              if (typeof data8 == "number" && isFinite(data8)) {
                if (data8 < 0 || isNaN(data8)) {
                  const err18 = { instancePath: instancePath + "/workdirs/" + i0 + "/size", schemaPath: "#/$defs/quantity/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                  if (vErrors === null) {
                    vErrors = [err18];
                  } else {
                    vErrors.push(err18);
                  }
                  errors++;
                }
              }
              if (typeof data8 === "string") {
                if (!pattern18.test(data8)) {
                  const err19 = { instancePath: instancePath + "/workdirs/" + i0 + "/size", schemaPath: "#/$defs/quantity/pattern", keyword: "pattern", params: { pattern: "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|m|k|[MGTPE]|[KMGTPE]i)?$" }, message: 'must match pattern "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|m|k|[MGTPE]|[KMGTPE]i)?$"' };
                  if (vErrors === null) {
                    vErrors = [err19];
                  } else {
                    vErrors.push(err19);
                  }
                  errors++;
                }
              }
            }
            if (data1.storageClass !== void 0) {
              let data9 = data1.storageClass;
              if (typeof data9 === "string") {
                if (!pattern9.test(data9)) {
                  const err20 = { instancePath: instancePath + "/workdirs/" + i0 + "/storageClass", schemaPath: "#/$defs/resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"' };
                  if (vErrors === null) {
                    vErrors = [err20];
                  } else {
                    vErrors.push(err20);
                  }
                  errors++;
                }
              } else {
                const err21 = { instancePath: instancePath + "/workdirs/" + i0 + "/storageClass", schemaPath: "#/$defs/resourceName/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err21];
                } else {
                  vErrors.push(err21);
                }
                errors++;
              }
            }
            if (data1.readOnly !== void 0) {
              if (typeof data1.readOnly !== "boolean") {
                const err22 = { instancePath: instancePath + "/workdirs/" + i0 + "/readOnly", schemaPath: "#/properties/workdirs/items/properties/readOnly/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                if (vErrors === null) {
                  vErrors = [err22];
                } else {
                  vErrors.push(err22);
                }
                errors++;
              }
            }
          } else {
            const err23 = { instancePath: instancePath + "/workdirs/" + i0, schemaPath: "#/properties/workdirs/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          }
        }
      } else {
        const err24 = { instancePath: instancePath + "/workdirs", schemaPath: "#/properties/workdirs/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
  } else {
    const err25 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err25];
    } else {
      vErrors.push(err25);
    }
    errors++;
  }
  validate29.errors = vErrors;
  return errors === 0;
}
validate29.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var pattern28 = new RegExp("^(?=.*[1-9])([0-9]+|([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?)$", "u");
function validate20(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate20.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.kind === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "kind" }, message: "must have required property 'kind'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.job === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "job" }, message: "must have required property 'job'" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.environment === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "environment" }, message: "must have required property 'environment'" };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func1.call(schema31.properties, key0)) {
        const err3 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.kind !== void 0) {
      if ("training" !== data.kind) {
        const err4 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "training" }, message: "must be equal to constant" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.version !== void 0) {
      let data1 = data.version;
      if (typeof data1 !== "string" && !(typeof data1 == "number" && isFinite(data1))) {
        const err5 = { instancePath: instancePath + "/version", schemaPath: "#/$defs/version/type", keyword: "type", params: { type: schema32.type }, message: "must be string,number" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.job !== void 0) {
      if (!validate21(data.job, { instancePath: instancePath + "/job", parentData: data, parentDataProperty: "job", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
        errors = vErrors.length;
      }
    }
    if (data.environment !== void 0) {
      if (!validate23(data.environment, { instancePath: instancePath + "/environment", parentData: data, parentDataProperty: "environment", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
        errors = vErrors.length;
      }
    }
    if (data.resources !== void 0) {
      if (!validate27(data.resources, { instancePath: instancePath + "/resources", parentData: data, parentDataProperty: "resources", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
        errors = vErrors.length;
      }
    }
    if (data.storage !== void 0) {
      if (!validate29(data.storage, { instancePath: instancePath + "/storage", parentData: data, parentDataProperty: "storage", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
        errors = vErrors.length;
      }
    }
    if (data.framework !== void 0) {
      let data6 = data.framework;
      if (!(data6 === "native" || data6 === "kubeflow" || data6 === "verl")) {
        const err6 = { instancePath: instancePath + "/framework", schemaPath: "#/properties/framework/enum", keyword: "enum", params: { allowedValues: schema31.properties.framework.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.deepspeed !== void 0) {
      let data7 = data.deepspeed;
      if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
        for (const key1 in data7) {
          if (!(key1 === "stage" || key1 === "offload" || key1 === "config" || key1 === "path")) {
            const err7 = { instancePath: instancePath + "/deepspeed", schemaPath: "#/properties/deepspeed/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
        }
        if (data7.stage !== void 0) {
          let data8 = data7.stage;
          if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8)) && typeof data8 !== "string") {
            const err8 = { instancePath: instancePath + "/deepspeed/stage", schemaPath: "#/properties/deepspeed/properties/stage/type", keyword: "type", params: { type: schema31.properties.deepspeed.properties.stage.type }, message: "must be integer,string" };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
          if (!(data8 === 0 || data8 === 1 || data8 === 2 || data8 === 3 || data8 === "0" || data8 === "1" || data8 === "2" || data8 === "3")) {
            const err9 = { instancePath: instancePath + "/deepspeed/stage", schemaPath: "#/properties/deepspeed/properties/stage/enum", keyword: "enum", params: { allowedValues: schema31.properties.deepspeed.properties.stage.enum }, message: "must be equal to one of the allowed values" };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
        if (data7.offload !== void 0) {
          let data9 = data7.offload;
          if (!(data9 === "none" || data9 === "cpu" || data9 === "nvme")) {
            const err10 = { instancePath: instancePath + "/deepspeed/offload", schemaPath: "#/properties/deepspeed/properties/offload/enum", keyword: "enum", params: { allowedValues: schema31.properties.deepspeed.properties.offload.enum }, message: "must be equal to one of the allowed values" };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
        if (data7.config !== void 0) {
          let data10 = data7.config;
          if (!(data10 && typeof data10 == "object" && !Array.isArray(data10))) {
            const err11 = { instancePath: instancePath + "/deepspeed/config", schemaPath: "#/properties/deepspeed/properties/config/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
        if (data7.path !== void 0) {
          let data11 = data7.path;
          if (typeof data11 !== "string" && !(typeof data11 == "number" && isFinite(data11)) && typeof data11 !== "boolean") {
            const err12 = { instancePath: instancePath + "/deepspeed/path", schemaPath: "#/$defs/text/type", keyword: "type", params: { type: schema36.type }, message: "must be string,number,boolean" };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
      } else {
        const err13 = { instancePath: instancePath + "/deepspeed", schemaPath: "#/properties/deepspeed/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.distributed !== void 0) {
      let data12 = data.distributed;
      if (data12 && typeof data12 == "object" && !Array.isArray(data12)) {
        for (const key2 in data12) {
          if (!(key2 === "network" || key2 === "ncclSocketIfname" || key2 === "rdma" || key2 === "sameRack")) {
            const err14 = { instancePath: instancePath + "/distributed", schemaPath: "#/properties/distributed/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
        }
        if (data12.network !== void 0) {
          let data13 = data12.network;
          if (!(data13 === "auto" || data13 === "pod" || data13 === "host")) {
            const err15 = { instancePath: instancePath + "/distributed/network", schemaPath: "#/properties/distributed/properties/network/enum", keyword: "enum", params: { allowedValues: schema31.properties.distributed.properties.network.enum }, message: "must be equal to one of the allowed values" };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
        }
        if (data12.ncclSocketIfname !== void 0) {
          let data14 = data12.ncclSocketIfname;
          if (typeof data14 !== "string" && !(typeof data14 == "number" && isFinite(data14)) && typeof data14 !== "boolean") {
            const err16 = { instancePath: instancePath + "/distributed/ncclSocketIfname", schemaPath: "#/$defs/text/type", keyword: "type", params: { type: schema36.type }, message: "must be string,number,boolean" };
            if (vErrors === null) {
              vErrors = [err16];
            } else {
              vErrors.push(err16);
            }
            errors++;
          }
        }
        if (data12.rdma !== void 0) {
          if (typeof data12.rdma !== "boolean") {
            const err17 = { instancePath: instancePath + "/distributed/rdma", schemaPath: "#/properties/distributed/properties/rdma/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
        }
        if (data12.sameRack !== void 0) {
          let data16 = data12.sameRack;
          if (!(data16 === "preferred" || data16 === "required" || data16 === "off")) {
            const err18 = { instancePath: instancePath + "/distributed/sameRack", schemaPath: "#/properties/distributed/properties/sameRack/enum", keyword: "enum", params: { allowedValues: schema31.properties.distributed.properties.sameRack.enum }, message: "must be equal to one of the allowed values" };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
      } else {
        const err19 = { instancePath: instancePath + "/distributed", schemaPath: "#/properties/distributed/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.output !== void 0) {
      let data17 = data.output;
      if (data17 && typeof data17 == "object" && !Array.isArray(data17)) {
        for (const key3 in data17) {
          if (!(key3 === "dir" || key3 === "resumeFromCheckpoint")) {
            const err20 = { instancePath: instancePath + "/output", schemaPath: "#/properties/output/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err20];
            } else {
              vErrors.push(err20);
            }
            errors++;
          }
        }
        if (data17.dir !== void 0) {
          let data18 = data17.dir;
          if (typeof data18 === "string") {
            if (func3(data18) < 1) {
              const err21 = { instancePath: instancePath + "/output/dir", schemaPath: "#/properties/output/properties/dir/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
              if (vErrors === null) {
                vErrors = [err21];
              } else {
                vErrors.push(err21);
              }
              errors++;
            }
          } else {
            const err22 = { instancePath: instancePath + "/output/dir", schemaPath: "#/properties/output/properties/dir/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
        }
        if (data17.resumeFromCheckpoint !== void 0) {
          if (typeof data17.resumeFromCheckpoint !== "boolean") {
            const err23 = { instancePath: instancePath + "/output/resumeFromCheckpoint", schemaPath: "#/properties/output/properties/resumeFromCheckpoint/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          }
        }
      } else {
        const err24 = { instancePath: instancePath + "/output", schemaPath: "#/properties/output/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
    if (data.retries !== void 0) {
      let data20 = data.retries;
      if (!(typeof data20 == "number" && (!(data20 % 1) && !isNaN(data20)) && isFinite(data20)) && typeof data20 !== "string") {
        const err25 = { instancePath: instancePath + "/retries", schemaPath: "#/$defs/count/type", keyword: "type", params: { type: schema50.type }, message: "must be integer,string" };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
      if (typeof data20 == "number" && isFinite(data20)) {
        if (data20 < 0 || isNaN(data20)) {
          const err26 = { instancePath: instancePath + "/retries", schemaPath: "#/$defs/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
          if (vErrors === null) {
            vErrors = [err26];
          } else {
            vErrors.push(err26);
          }
          errors++;
        }
      }
      if (typeof data20 === "string") {
        if (!pattern14.test(data20)) {
          const err27 = { instancePath: instancePath + "/retries", schemaPath: "#/$defs/count/pattern", keyword: "pattern", params: { pattern: "^[0-9]+$" }, message: 'must match pattern "^[0-9]+$"' };
          if (vErrors === null) {
            vErrors = [err27];
          } else {
            vErrors.push(err27);
          }
          errors++;
        }
      }
    }
    if (data.timeout !== void 0) {
      let data21 = data.timeout;
      if (typeof data21 !== "string" && !(typeof data21 == "number" && isFinite(data21))) {
        const err28 = { instancePath: instancePath + "/timeout", schemaPath: "#/$defs/duration/type", keyword: "type", params: { type: schema65.type }, message: "must be string,number" };
        if (vErrors === null) {
          vErrors = [err28];
        } else {
          vErrors.push(err28);
        }
        errors++;
      }
      if (typeof data21 == "number" && isFinite(data21)) {
        if (data21 <= 0 || isNaN(data21)) {
          const err29 = { instancePath: instancePath + "/timeout", schemaPath: "#/$defs/duration/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" };
          if (vErrors === null) {
            vErrors = [err29];
          } else {
            vErrors.push(err29);
          }
          errors++;
        }
      }
      if (typeof data21 === "string") {
        if (!pattern28.test(data21)) {
          const err30 = { instancePath: instancePath + "/timeout", schemaPath: "#/$defs/duration/pattern", keyword: "pattern", params: { pattern: "^(?=.*[1-9])([0-9]+|([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?)$" }, message: 'must match pattern "^(?=.*[1-9])([0-9]+|([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?)$"' };
          if (vErrors === null) {
            vErrors = [err30];
          } else {
            vErrors.push(err30);
          }
          errors++;
        }
      }
    }
  } else {
    const err31 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err31];
    } else {
      vErrors.push(err31);
    }
    errors++;
  }
  validate20.errors = vErrors;
  return errors === 0;
}
validate20.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };

/** Checks the plain value of one document; afterwards `errors` holds everything that is wrong. */
export const validateTraining = validate as unknown as ValidateFunction<Training>;
