// Generated from the schemas by `npm run generate`.
// @ts-nocheck: checks the plain value of one document; afterwards `errors` of the function holds everything that is wrong.
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
var validateCompute = validate20;
var schema32 = { "type": ["string", "number", "boolean"] };
var schema33 = { "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": { "$ref": "dnsLabel" }, "namespace": { "$ref": "dnsLabel" }, "priority": { "enum": ["high", "medium", "low"] }, "description": { "$ref": "text" }, "epochs": { "$ref": "positiveCount" }, "batchSize": { "$ref": "positiveCount" } } };
var schema36 = { "type": ["string", "number", "boolean"] };
var pattern4 = new RegExp("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", "u");
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
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "name" } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "name" || key0 === "namespace" || key0 === "priority" || key0 === "description" || key0 === "epochs" || key0 === "batchSize")) {
        const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
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
          const err2 = { instancePath: instancePath + "/name", schemaPath: "dnsLabel/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" } };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = { instancePath: instancePath + "/name", schemaPath: "dnsLabel/type", keyword: "type", params: { type: "string" } };
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
          const err4 = { instancePath: instancePath + "/namespace", schemaPath: "dnsLabel/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" } };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/namespace", schemaPath: "dnsLabel/type", keyword: "type", params: { type: "string" } };
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
        const err6 = { instancePath: instancePath + "/priority", schemaPath: "#/properties/priority/enum", keyword: "enum", params: { allowedValues: schema33.properties.priority.enum } };
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
        const err7 = { instancePath: instancePath + "/description", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
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
      if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
        const err8 = { instancePath: instancePath + "/epochs", schemaPath: "positiveCount/type", keyword: "type", params: { type: "integer" } };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
      if (typeof data4 == "number" && isFinite(data4)) {
        if (data4 > 2147483647 || isNaN(data4)) {
          const err9 = { instancePath: instancePath + "/epochs", schemaPath: "positiveCount/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2147483647 } };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
        if (data4 < 1 || isNaN(data4)) {
          const err10 = { instancePath: instancePath + "/epochs", schemaPath: "positiveCount/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } };
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
      if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
        const err11 = { instancePath: instancePath + "/batchSize", schemaPath: "positiveCount/type", keyword: "type", params: { type: "integer" } };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
      if (typeof data5 == "number" && isFinite(data5)) {
        if (data5 > 2147483647 || isNaN(data5)) {
          const err12 = { instancePath: instancePath + "/batchSize", schemaPath: "positiveCount/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2147483647 } };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
        if (data5 < 1 || isNaN(data5)) {
          const err13 = { instancePath: instancePath + "/batchSize", schemaPath: "positiveCount/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } };
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
    const err14 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
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
var pattern6 = new RegExp("^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]+)?/)?[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,})?$", "u");
var pattern7 = new RegExp("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$", "u");
var schema44 = { "type": ["array", "object"], "items": { "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": { "$ref": "envName" }, "value": { "$ref": "text" }, "secret": { "$ref": "resourceName" }, "key": { "$ref": "text" } }, "dependentRequired": { "secret": ["key"], "key": ["secret"] } }, "propertyNames": { "$ref": "envName" }, "additionalProperties": { "$ref": "text" } };
var pattern8 = new RegExp("^[-._a-zA-Z][-._a-zA-Z0-9]*$", "u");
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
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: schema44.type } };
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
          const err1 = { instancePath: instancePath + "/" + i0, schemaPath: "#/items/required", keyword: "required", params: { missingProperty: "name" } };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
        for (const key0 in data0) {
          if (!(key0 === "name" || key0 === "value" || key0 === "secret" || key0 === "key")) {
            const err2 = { instancePath: instancePath + "/" + i0, schemaPath: "#/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
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
            if (!pattern8.test(data1)) {
              const err3 = { instancePath: instancePath + "/" + i0 + "/name", schemaPath: "envName/pattern", keyword: "pattern", params: { pattern: "^[-._a-zA-Z][-._a-zA-Z0-9]*$" } };
              if (vErrors === null) {
                vErrors = [err3];
              } else {
                vErrors.push(err3);
              }
              errors++;
            }
          } else {
            const err4 = { instancePath: instancePath + "/" + i0 + "/name", schemaPath: "envName/type", keyword: "type", params: { type: "string" } };
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
            const err5 = { instancePath: instancePath + "/" + i0 + "/value", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
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
            if (!pattern7.test(data3)) {
              const err6 = { instancePath: instancePath + "/" + i0 + "/secret", schemaPath: "resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" } };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
          } else {
            const err7 = { instancePath: instancePath + "/" + i0 + "/secret", schemaPath: "resourceName/type", keyword: "type", params: { type: "string" } };
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
            const err8 = { instancePath: instancePath + "/" + i0 + "/key", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
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
            } };
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
            } };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
      } else {
        const err11 = { instancePath: instancePath + "/" + i0, schemaPath: "#/items/type", keyword: "type", params: { type: "object" } };
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
      const _errs16 = errors;
      if (typeof key1 === "string") {
        if (!pattern8.test(key1)) {
          const err12 = { instancePath, schemaPath: "envName/pattern", keyword: "pattern", params: { pattern: "^[-._a-zA-Z][-._a-zA-Z0-9]*$" }, propertyName: key1 };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      } else {
        const err13 = { instancePath, schemaPath: "envName/type", keyword: "type", params: { type: "string" }, propertyName: key1 };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
      var valid7 = _errs16 === errors;
      if (!valid7) {
        const err14 = { instancePath, schemaPath: "#/propertyNames", keyword: "propertyNames", params: { propertyName: key1 } };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    for (const key2 in data) {
      let data5 = data[key2];
      if (typeof data5 !== "string" && !(typeof data5 == "number" && isFinite(data5)) && typeof data5 !== "boolean") {
        const err15 = { instancePath: instancePath + "/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
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
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "image" } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "image" || key0 === "imagePullSecret" || key0 === "command" || key0 === "args" || key0 === "env")) {
        const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
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
        if (!pattern6.test(data0)) {
          const err2 = { instancePath: instancePath + "/image", schemaPath: "image/pattern", keyword: "pattern", params: { pattern: "^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]+)?/)?[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,})?$" } };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = { instancePath: instancePath + "/image", schemaPath: "image/type", keyword: "type", params: { type: "string" } };
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
        if (!pattern7.test(data1)) {
          const err4 = { instancePath: instancePath + "/imagePullSecret", schemaPath: "resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" } };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/imagePullSecret", schemaPath: "resourceName/type", keyword: "type", params: { type: "string" } };
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
            const err6 = { instancePath: instancePath + "/command/" + i0, schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        }
      } else {
        const err7 = { instancePath: instancePath + "/command", schemaPath: "#/properties/command/type", keyword: "type", params: { type: "array" } };
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
            const err8 = { instancePath: instancePath + "/args/" + i1, schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
      } else {
        const err9 = { instancePath: instancePath + "/args", schemaPath: "#/properties/args/type", keyword: "type", params: { type: "array" } };
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
    const err10 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
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
var schema51 = { "type": "object", "additionalProperties": false, "properties": { "pool": { "$ref": "poolName" }, "gpu": { "$ref": "count" }, "acceleratorCount": { "$ref": "count" }, "gpuType": { "$ref": "text" }, "nodeCount": { "$ref": "positiveCount" }, "queue": { "$ref": "resourceName" }, "cpu": { "$ref": "quantity" }, "memory": { "$ref": "quantity" }, "gpuShare": { "$ref": "quantity" } } };
var schema58 = { "type": ["string", "number"], "pattern": "^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|n|u|m|k|[MGTPE]|[KMGTPE]i)?$", "minimum": 0 };
var func1 = Object.prototype.hasOwnProperty;
var func2 = require_ucs2length().default;
var pattern11 = new RegExp("^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$", "u");
var pattern13 = new RegExp("^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|n|u|m|k|[MGTPE]|[KMGTPE]i)?$", "u");
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
      if (!func1.call(schema51.properties, key0)) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
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
        if (func2(data0) < 1) {
          const err1 = { instancePath: instancePath + "/pool", schemaPath: "poolName/minLength", keyword: "minLength", params: { limit: 1 } };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
        if (!pattern11.test(data0)) {
          const err2 = { instancePath: instancePath + "/pool", schemaPath: "poolName/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$" } };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = { instancePath: instancePath + "/pool", schemaPath: "poolName/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.gpu !== void 0) {
      let data1 = data.gpu;
      if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
        const err4 = { instancePath: instancePath + "/gpu", schemaPath: "count/type", keyword: "type", params: { type: "integer" } };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 > 2147483647 || isNaN(data1)) {
          const err5 = { instancePath: instancePath + "/gpu", schemaPath: "count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2147483647 } };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
        if (data1 < 0 || isNaN(data1)) {
          const err6 = { instancePath: instancePath + "/gpu", schemaPath: "count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      }
    }
    if (data.acceleratorCount !== void 0) {
      let data2 = data.acceleratorCount;
      if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
        const err7 = { instancePath: instancePath + "/acceleratorCount", schemaPath: "count/type", keyword: "type", params: { type: "integer" } };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
      if (typeof data2 == "number" && isFinite(data2)) {
        if (data2 > 2147483647 || isNaN(data2)) {
          const err8 = { instancePath: instancePath + "/acceleratorCount", schemaPath: "count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2147483647 } };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
        if (data2 < 0 || isNaN(data2)) {
          const err9 = { instancePath: instancePath + "/acceleratorCount", schemaPath: "count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      }
    }
    if (data.gpuType !== void 0) {
      let data3 = data.gpuType;
      if (typeof data3 !== "string" && !(typeof data3 == "number" && isFinite(data3)) && typeof data3 !== "boolean") {
        const err10 = { instancePath: instancePath + "/gpuType", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.nodeCount !== void 0) {
      let data4 = data.nodeCount;
      if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
        const err11 = { instancePath: instancePath + "/nodeCount", schemaPath: "positiveCount/type", keyword: "type", params: { type: "integer" } };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
      if (typeof data4 == "number" && isFinite(data4)) {
        if (data4 > 2147483647 || isNaN(data4)) {
          const err12 = { instancePath: instancePath + "/nodeCount", schemaPath: "positiveCount/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2147483647 } };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
        if (data4 < 1 || isNaN(data4)) {
          const err13 = { instancePath: instancePath + "/nodeCount", schemaPath: "positiveCount/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
      }
    }
    if (data.queue !== void 0) {
      let data5 = data.queue;
      if (typeof data5 === "string") {
        if (!pattern7.test(data5)) {
          const err14 = { instancePath: instancePath + "/queue", schemaPath: "resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" } };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
      } else {
        const err15 = { instancePath: instancePath + "/queue", schemaPath: "resourceName/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.cpu !== void 0) {
      let data6 = data.cpu;
      if (typeof data6 !== "string" && !(typeof data6 == "number" && isFinite(data6))) {
        const err16 = { instancePath: instancePath + "/cpu", schemaPath: "quantity/type", keyword: "type", params: { type: schema58.type } };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
      if (typeof data6 == "number" && isFinite(data6)) {
        if (data6 < 0 || isNaN(data6)) {
          const err17 = { instancePath: instancePath + "/cpu", schemaPath: "quantity/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
          if (vErrors === null) {
            vErrors = [err17];
          } else {
            vErrors.push(err17);
          }
          errors++;
        }
      }
      if (typeof data6 === "string") {
        if (!pattern13.test(data6)) {
          const err18 = { instancePath: instancePath + "/cpu", schemaPath: "quantity/pattern", keyword: "pattern", params: { pattern: "^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|n|u|m|k|[MGTPE]|[KMGTPE]i)?$" } };
          if (vErrors === null) {
            vErrors = [err18];
          } else {
            vErrors.push(err18);
          }
          errors++;
        }
      }
    }
    if (data.memory !== void 0) {
      let data7 = data.memory;
      if (typeof data7 !== "string" && !(typeof data7 == "number" && isFinite(data7))) {
        const err19 = { instancePath: instancePath + "/memory", schemaPath: "quantity/type", keyword: "type", params: { type: schema58.type } };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
      if (typeof data7 == "number" && isFinite(data7)) {
        if (data7 < 0 || isNaN(data7)) {
          const err20 = { instancePath: instancePath + "/memory", schemaPath: "quantity/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
          if (vErrors === null) {
            vErrors = [err20];
          } else {
            vErrors.push(err20);
          }
          errors++;
        }
      }
      if (typeof data7 === "string") {
        if (!pattern13.test(data7)) {
          const err21 = { instancePath: instancePath + "/memory", schemaPath: "quantity/pattern", keyword: "pattern", params: { pattern: "^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|n|u|m|k|[MGTPE]|[KMGTPE]i)?$" } };
          if (vErrors === null) {
            vErrors = [err21];
          } else {
            vErrors.push(err21);
          }
          errors++;
        }
      }
    }
    if (data.gpuShare !== void 0) {
      let data8 = data.gpuShare;
      if (typeof data8 !== "string" && !(typeof data8 == "number" && isFinite(data8))) {
        const err22 = { instancePath: instancePath + "/gpuShare", schemaPath: "quantity/type", keyword: "type", params: { type: schema58.type } };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
      if (typeof data8 == "number" && isFinite(data8)) {
        if (data8 < 0 || isNaN(data8)) {
          const err23 = { instancePath: instancePath + "/gpuShare", schemaPath: "quantity/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
      }
      if (typeof data8 === "string") {
        if (!pattern13.test(data8)) {
          const err24 = { instancePath: instancePath + "/gpuShare", schemaPath: "quantity/pattern", keyword: "pattern", params: { pattern: "^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|n|u|m|k|[MGTPE]|[KMGTPE]i)?$" } };
          if (vErrors === null) {
            vErrors = [err24];
          } else {
            vErrors.push(err24);
          }
          errors++;
        }
      }
    }
  } else {
    const err25 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err25];
    } else {
      vErrors.push(err25);
    }
    errors++;
  }
  validate27.errors = vErrors;
  return errors === 0;
}
validate27.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var pattern16 = new RegExp("^(?!.*/\\.\\.(?:/|$))/[^:]*$", "u");
var pattern17 = new RegExp("^(?!.*/\\.\\.(?:/|$))/", "u");
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
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
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
              const err1 = { instancePath: instancePath + "/workdirs/" + i0, schemaPath: "#/properties/workdirs/items/required", keyword: "required", params: { missingProperty: "path" } };
              if (vErrors === null) {
                vErrors = [err1];
              } else {
                vErrors.push(err1);
              }
              errors++;
            }
            for (const key1 in data1) {
              if (!(key1 === "path" || key1 === "hostPath" || key1 === "claim" || key1 === "nfs" || key1 === "size" || key1 === "storageClass" || key1 === "readOnly")) {
                const err2 = { instancePath: instancePath + "/workdirs/" + i0, schemaPath: "#/properties/workdirs/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 } };
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
                if (!pattern16.test(data2)) {
                  const err3 = { instancePath: instancePath + "/workdirs/" + i0 + "/path", schemaPath: "mountPath/pattern", keyword: "pattern", params: { pattern: "^(?!.*/\\.\\.(?:/|$))/[^:]*$" } };
                  if (vErrors === null) {
                    vErrors = [err3];
                  } else {
                    vErrors.push(err3);
                  }
                  errors++;
                }
              } else {
                const err4 = { instancePath: instancePath + "/workdirs/" + i0 + "/path", schemaPath: "mountPath/type", keyword: "type", params: { type: "string" } };
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
                if (!pattern17.test(data3)) {
                  const err5 = { instancePath: instancePath + "/workdirs/" + i0 + "/hostPath", schemaPath: "absolutePath/pattern", keyword: "pattern", params: { pattern: "^(?!.*/\\.\\.(?:/|$))/" } };
                  if (vErrors === null) {
                    vErrors = [err5];
                  } else {
                    vErrors.push(err5);
                  }
                  errors++;
                }
              } else {
                const err6 = { instancePath: instancePath + "/workdirs/" + i0 + "/hostPath", schemaPath: "absolutePath/type", keyword: "type", params: { type: "string" } };
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
                if (!pattern7.test(data4)) {
                  const err7 = { instancePath: instancePath + "/workdirs/" + i0 + "/claim", schemaPath: "resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" } };
                  if (vErrors === null) {
                    vErrors = [err7];
                  } else {
                    vErrors.push(err7);
                  }
                  errors++;
                }
              } else {
                const err8 = { instancePath: instancePath + "/workdirs/" + i0 + "/claim", schemaPath: "resourceName/type", keyword: "type", params: { type: "string" } };
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
                  const err9 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs", schemaPath: "#/properties/workdirs/items/properties/nfs/required", keyword: "required", params: { missingProperty: "server" } };
                  if (vErrors === null) {
                    vErrors = [err9];
                  } else {
                    vErrors.push(err9);
                  }
                  errors++;
                }
                if (data5.path === void 0) {
                  const err10 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs", schemaPath: "#/properties/workdirs/items/properties/nfs/required", keyword: "required", params: { missingProperty: "path" } };
                  if (vErrors === null) {
                    vErrors = [err10];
                  } else {
                    vErrors.push(err10);
                  }
                  errors++;
                }
                for (const key2 in data5) {
                  if (!(key2 === "server" || key2 === "path")) {
                    const err11 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs", schemaPath: "#/properties/workdirs/items/properties/nfs/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 } };
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
                    if (func2(data6) < 1) {
                      const err12 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs/server", schemaPath: "#/properties/workdirs/items/properties/nfs/properties/server/minLength", keyword: "minLength", params: { limit: 1 } };
                      if (vErrors === null) {
                        vErrors = [err12];
                      } else {
                        vErrors.push(err12);
                      }
                      errors++;
                    }
                  } else {
                    const err13 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs/server", schemaPath: "#/properties/workdirs/items/properties/nfs/properties/server/type", keyword: "type", params: { type: "string" } };
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
                    if (!pattern17.test(data7)) {
                      const err14 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs/path", schemaPath: "absolutePath/pattern", keyword: "pattern", params: { pattern: "^(?!.*/\\.\\.(?:/|$))/" } };
                      if (vErrors === null) {
                        vErrors = [err14];
                      } else {
                        vErrors.push(err14);
                      }
                      errors++;
                    }
                  } else {
                    const err15 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs/path", schemaPath: "absolutePath/type", keyword: "type", params: { type: "string" } };
                    if (vErrors === null) {
                      vErrors = [err15];
                    } else {
                      vErrors.push(err15);
                    }
                    errors++;
                  }
                }
              } else {
                const err16 = { instancePath: instancePath + "/workdirs/" + i0 + "/nfs", schemaPath: "#/properties/workdirs/items/properties/nfs/type", keyword: "type", params: { type: "object" } };
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
                const err17 = { instancePath: instancePath + "/workdirs/" + i0 + "/size", schemaPath: "quantity/type", keyword: "type", params: { type: schema58.type } };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
              if (typeof data8 == "number" && isFinite(data8)) {
                if (data8 < 0 || isNaN(data8)) {
                  const err18 = { instancePath: instancePath + "/workdirs/" + i0 + "/size", schemaPath: "quantity/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
                  if (vErrors === null) {
                    vErrors = [err18];
                  } else {
                    vErrors.push(err18);
                  }
                  errors++;
                }
              }
              if (typeof data8 === "string") {
                if (!pattern13.test(data8)) {
                  const err19 = { instancePath: instancePath + "/workdirs/" + i0 + "/size", schemaPath: "quantity/pattern", keyword: "pattern", params: { pattern: "^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|n|u|m|k|[MGTPE]|[KMGTPE]i)?$" } };
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
                if (!pattern7.test(data9)) {
                  const err20 = { instancePath: instancePath + "/workdirs/" + i0 + "/storageClass", schemaPath: "resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" } };
                  if (vErrors === null) {
                    vErrors = [err20];
                  } else {
                    vErrors.push(err20);
                  }
                  errors++;
                }
              } else {
                const err21 = { instancePath: instancePath + "/workdirs/" + i0 + "/storageClass", schemaPath: "resourceName/type", keyword: "type", params: { type: "string" } };
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
                const err22 = { instancePath: instancePath + "/workdirs/" + i0 + "/readOnly", schemaPath: "#/properties/workdirs/items/properties/readOnly/type", keyword: "type", params: { type: "boolean" } };
                if (vErrors === null) {
                  vErrors = [err22];
                } else {
                  vErrors.push(err22);
                }
                errors++;
              }
            }
          } else {
            const err23 = { instancePath: instancePath + "/workdirs/" + i0, schemaPath: "#/properties/workdirs/items/type", keyword: "type", params: { type: "object" } };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          }
        }
      } else {
        const err24 = { instancePath: instancePath + "/workdirs", schemaPath: "#/properties/workdirs/type", keyword: "type", params: { type: "array" } };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
  } else {
    const err25 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
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
var schema72 = { "type": ["string", "number"], "pattern": "^(?=.*[1-9])([0-9]+|([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?)$", "exclusiveMinimum": 0 };
var schema73 = { "enum": ["cluster", "nodePort", "loadBalancer"] };
var pattern22 = new RegExp("^/\\S*$", "u");
var pattern23 = new RegExp("^(?=.*[1-9])([0-9]+|([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?)$", "u");
function validate31(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate31.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "replicas" || key0 === "port" || key0 === "healthCheck" || key0 === "timeout" || key0 === "expose")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.replicas !== void 0) {
      let data0 = data.replicas;
      if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
        const err1 = { instancePath: instancePath + "/replicas", schemaPath: "count/type", keyword: "type", params: { type: "integer" } };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      if (typeof data0 == "number" && isFinite(data0)) {
        if (data0 > 2147483647 || isNaN(data0)) {
          const err2 = { instancePath: instancePath + "/replicas", schemaPath: "count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2147483647 } };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
        if (data0 < 0 || isNaN(data0)) {
          const err3 = { instancePath: instancePath + "/replicas", schemaPath: "count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      }
    }
    if (data.port !== void 0) {
      let data1 = data.port;
      if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
        const err4 = { instancePath: instancePath + "/port", schemaPath: "port/type", keyword: "type", params: { type: "integer" } };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 > 65535 || isNaN(data1)) {
          const err5 = { instancePath: instancePath + "/port", schemaPath: "port/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 } };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
        if (data1 < 1 || isNaN(data1)) {
          const err6 = { instancePath: instancePath + "/port", schemaPath: "port/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      }
    }
    if (data.healthCheck !== void 0) {
      let data2 = data.healthCheck;
      if (typeof data2 === "string") {
        if (!pattern22.test(data2)) {
          const err7 = { instancePath: instancePath + "/healthCheck", schemaPath: "httpPath/pattern", keyword: "pattern", params: { pattern: "^/\\S*$" } };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = { instancePath: instancePath + "/healthCheck", schemaPath: "httpPath/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.timeout !== void 0) {
      let data3 = data.timeout;
      if (typeof data3 !== "string" && !(typeof data3 == "number" && isFinite(data3))) {
        const err9 = { instancePath: instancePath + "/timeout", schemaPath: "duration/type", keyword: "type", params: { type: schema72.type } };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
      if (typeof data3 == "number" && isFinite(data3)) {
        if (data3 <= 0 || isNaN(data3)) {
          const err10 = { instancePath: instancePath + "/timeout", schemaPath: "duration/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 } };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      }
      if (typeof data3 === "string") {
        if (!pattern23.test(data3)) {
          const err11 = { instancePath: instancePath + "/timeout", schemaPath: "duration/pattern", keyword: "pattern", params: { pattern: "^(?=.*[1-9])([0-9]+|([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?)$" } };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
      }
    }
    if (data.expose !== void 0) {
      let data4 = data.expose;
      if (!(data4 === "cluster" || data4 === "nodePort" || data4 === "loadBalancer")) {
        const err12 = { instancePath: instancePath + "/expose", schemaPath: "expose/enum", keyword: "enum", params: { allowedValues: schema73.enum } };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
  } else {
    const err13 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err13];
    } else {
      vErrors.push(err13);
    }
    errors++;
  }
  validate31.errors = vErrors;
  return errors === 0;
}
validate31.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
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
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "kind" } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.job === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "job" } };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.environment === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "environment" } };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "kind" || key0 === "version" || key0 === "job" || key0 === "environment" || key0 === "resources" || key0 === "storage" || key0 === "service")) {
        const err3 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.kind !== void 0) {
      if ("compute" !== data.kind) {
        const err4 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "compute" } };
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
      if (typeof data1 !== "string" && !(typeof data1 == "number" && isFinite(data1)) && typeof data1 !== "boolean") {
        const err5 = { instancePath: instancePath + "/version", schemaPath: "version/type", keyword: "type", params: { type: schema32.type } };
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
    if (data.service !== void 0) {
      if (!validate31(data.service, { instancePath: instancePath + "/service", parentData: data, parentDataProperty: "service", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err6 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err6];
    } else {
      vErrors.push(err6);
    }
    errors++;
  }
  validate20.errors = vErrors;
  return errors === 0;
}
validate20.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var validateInference = validate33;
var schema74 = { "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "inference.schema.json", "type": "object", "required": ["kind", "job", "environment"], "additionalProperties": false, "properties": { "kind": { "const": "inference" }, "version": { "$ref": "version" }, "job": { "$ref": "job" }, "environment": { "$ref": "environment" }, "resources": { "$ref": "resources" }, "storage": { "$ref": "storage" }, "service": { "$ref": "service" }, "autoscaling": { "type": "object", "additionalProperties": false, "properties": { "minReplicas": { "$ref": "count" }, "maxReplicas": { "$ref": "positiveCount" }, "targetGPUUtilization": { "$ref": "percent" }, "targetGPUMemoryUtilization": { "$ref": "percent" }, "targetQPS": { "$ref": "rate" }, "targetQueueLength": { "$ref": "positiveCount" } } }, "engine": { "enum": ["vllm", "sglang", "triton", "tgi", "custom"] }, "model": { "type": "object", "additionalProperties": false, "properties": { "source": { "$ref": "text" }, "name": { "$ref": "text" }, "version": { "$ref": "text" }, "format": { "$ref": "text" }, "cache": { "$ref": "text" } } } } };
function validate33(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate33.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.kind === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "kind" } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.job === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "job" } };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.environment === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "environment" } };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func1.call(schema74.properties, key0)) {
        const err3 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.kind !== void 0) {
      if ("inference" !== data.kind) {
        const err4 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "inference" } };
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
      if (typeof data1 !== "string" && !(typeof data1 == "number" && isFinite(data1)) && typeof data1 !== "boolean") {
        const err5 = { instancePath: instancePath + "/version", schemaPath: "version/type", keyword: "type", params: { type: schema32.type } };
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
    if (data.service !== void 0) {
      if (!validate31(data.service, { instancePath: instancePath + "/service", parentData: data, parentDataProperty: "service", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
        errors = vErrors.length;
      }
    }
    if (data.autoscaling !== void 0) {
      let data7 = data.autoscaling;
      if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
        for (const key1 in data7) {
          if (!(key1 === "minReplicas" || key1 === "maxReplicas" || key1 === "targetGPUUtilization" || key1 === "targetGPUMemoryUtilization" || key1 === "targetQPS" || key1 === "targetQueueLength")) {
            const err6 = { instancePath: instancePath + "/autoscaling", schemaPath: "#/properties/autoscaling/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 } };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        }
        if (data7.minReplicas !== void 0) {
          let data8 = data7.minReplicas;
          if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8))) {
            const err7 = { instancePath: instancePath + "/autoscaling/minReplicas", schemaPath: "count/type", keyword: "type", params: { type: "integer" } };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
          if (typeof data8 == "number" && isFinite(data8)) {
            if (data8 > 2147483647 || isNaN(data8)) {
              const err8 = { instancePath: instancePath + "/autoscaling/minReplicas", schemaPath: "count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2147483647 } };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
            if (data8 < 0 || isNaN(data8)) {
              const err9 = { instancePath: instancePath + "/autoscaling/minReplicas", schemaPath: "count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
              if (vErrors === null) {
                vErrors = [err9];
              } else {
                vErrors.push(err9);
              }
              errors++;
            }
          }
        }
        if (data7.maxReplicas !== void 0) {
          let data9 = data7.maxReplicas;
          if (!(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
            const err10 = { instancePath: instancePath + "/autoscaling/maxReplicas", schemaPath: "positiveCount/type", keyword: "type", params: { type: "integer" } };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
          if (typeof data9 == "number" && isFinite(data9)) {
            if (data9 > 2147483647 || isNaN(data9)) {
              const err11 = { instancePath: instancePath + "/autoscaling/maxReplicas", schemaPath: "positiveCount/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2147483647 } };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
            }
            if (data9 < 1 || isNaN(data9)) {
              const err12 = { instancePath: instancePath + "/autoscaling/maxReplicas", schemaPath: "positiveCount/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } };
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          }
        }
        if (data7.targetGPUUtilization !== void 0) {
          let data10 = data7.targetGPUUtilization;
          if (!(typeof data10 == "number" && (!(data10 % 1) && !isNaN(data10)) && isFinite(data10))) {
            const err13 = { instancePath: instancePath + "/autoscaling/targetGPUUtilization", schemaPath: "percent/type", keyword: "type", params: { type: "integer" } };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
          if (typeof data10 == "number" && isFinite(data10)) {
            if (data10 > 100 || isNaN(data10)) {
              const err14 = { instancePath: instancePath + "/autoscaling/targetGPUUtilization", schemaPath: "percent/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 } };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
            if (data10 < 1 || isNaN(data10)) {
              const err15 = { instancePath: instancePath + "/autoscaling/targetGPUUtilization", schemaPath: "percent/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
          }
        }
        if (data7.targetGPUMemoryUtilization !== void 0) {
          let data11 = data7.targetGPUMemoryUtilization;
          if (!(typeof data11 == "number" && (!(data11 % 1) && !isNaN(data11)) && isFinite(data11))) {
            const err16 = { instancePath: instancePath + "/autoscaling/targetGPUMemoryUtilization", schemaPath: "percent/type", keyword: "type", params: { type: "integer" } };
            if (vErrors === null) {
              vErrors = [err16];
            } else {
              vErrors.push(err16);
            }
            errors++;
          }
          if (typeof data11 == "number" && isFinite(data11)) {
            if (data11 > 100 || isNaN(data11)) {
              const err17 = { instancePath: instancePath + "/autoscaling/targetGPUMemoryUtilization", schemaPath: "percent/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 } };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
            if (data11 < 1 || isNaN(data11)) {
              const err18 = { instancePath: instancePath + "/autoscaling/targetGPUMemoryUtilization", schemaPath: "percent/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
          }
        }
        if (data7.targetQPS !== void 0) {
          let data12 = data7.targetQPS;
          if (typeof data12 == "number" && isFinite(data12)) {
            if (data12 <= 0 || isNaN(data12)) {
              const err19 = { instancePath: instancePath + "/autoscaling/targetQPS", schemaPath: "rate/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 } };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
          } else {
            const err20 = { instancePath: instancePath + "/autoscaling/targetQPS", schemaPath: "rate/type", keyword: "type", params: { type: "number" } };
            if (vErrors === null) {
              vErrors = [err20];
            } else {
              vErrors.push(err20);
            }
            errors++;
          }
        }
        if (data7.targetQueueLength !== void 0) {
          let data13 = data7.targetQueueLength;
          if (!(typeof data13 == "number" && (!(data13 % 1) && !isNaN(data13)) && isFinite(data13))) {
            const err21 = { instancePath: instancePath + "/autoscaling/targetQueueLength", schemaPath: "positiveCount/type", keyword: "type", params: { type: "integer" } };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
          if (typeof data13 == "number" && isFinite(data13)) {
            if (data13 > 2147483647 || isNaN(data13)) {
              const err22 = { instancePath: instancePath + "/autoscaling/targetQueueLength", schemaPath: "positiveCount/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2147483647 } };
              if (vErrors === null) {
                vErrors = [err22];
              } else {
                vErrors.push(err22);
              }
              errors++;
            }
            if (data13 < 1 || isNaN(data13)) {
              const err23 = { instancePath: instancePath + "/autoscaling/targetQueueLength", schemaPath: "positiveCount/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } };
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
        const err24 = { instancePath: instancePath + "/autoscaling", schemaPath: "#/properties/autoscaling/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
    if (data.engine !== void 0) {
      let data14 = data.engine;
      if (!(data14 === "vllm" || data14 === "sglang" || data14 === "triton" || data14 === "tgi" || data14 === "custom")) {
        const err25 = { instancePath: instancePath + "/engine", schemaPath: "#/properties/engine/enum", keyword: "enum", params: { allowedValues: schema74.properties.engine.enum } };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
    }
    if (data.model !== void 0) {
      let data15 = data.model;
      if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
        for (const key2 in data15) {
          if (!(key2 === "source" || key2 === "name" || key2 === "version" || key2 === "format" || key2 === "cache")) {
            const err26 = { instancePath: instancePath + "/model", schemaPath: "#/properties/model/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 } };
            if (vErrors === null) {
              vErrors = [err26];
            } else {
              vErrors.push(err26);
            }
            errors++;
          }
        }
        if (data15.source !== void 0) {
          let data16 = data15.source;
          if (typeof data16 !== "string" && !(typeof data16 == "number" && isFinite(data16)) && typeof data16 !== "boolean") {
            const err27 = { instancePath: instancePath + "/model/source", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
        }
        if (data15.name !== void 0) {
          let data17 = data15.name;
          if (typeof data17 !== "string" && !(typeof data17 == "number" && isFinite(data17)) && typeof data17 !== "boolean") {
            const err28 = { instancePath: instancePath + "/model/name", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
        }
        if (data15.version !== void 0) {
          let data18 = data15.version;
          if (typeof data18 !== "string" && !(typeof data18 == "number" && isFinite(data18)) && typeof data18 !== "boolean") {
            const err29 = { instancePath: instancePath + "/model/version", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
        }
        if (data15.format !== void 0) {
          let data19 = data15.format;
          if (typeof data19 !== "string" && !(typeof data19 == "number" && isFinite(data19)) && typeof data19 !== "boolean") {
            const err30 = { instancePath: instancePath + "/model/format", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
            if (vErrors === null) {
              vErrors = [err30];
            } else {
              vErrors.push(err30);
            }
            errors++;
          }
        }
        if (data15.cache !== void 0) {
          let data20 = data15.cache;
          if (typeof data20 !== "string" && !(typeof data20 == "number" && isFinite(data20)) && typeof data20 !== "boolean") {
            const err31 = { instancePath: instancePath + "/model/cache", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
            if (vErrors === null) {
              vErrors = [err31];
            } else {
              vErrors.push(err31);
            }
            errors++;
          }
        }
      } else {
        const err32 = { instancePath: instancePath + "/model", schemaPath: "#/properties/model/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err32];
        } else {
          vErrors.push(err32);
        }
        errors++;
      }
    }
  } else {
    const err33 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err33];
    } else {
      vErrors.push(err33);
    }
    errors++;
  }
  validate33.errors = vErrors;
  return errors === 0;
}
validate33.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var validateNotebook = validate39;
function validate39(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate39.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.kind === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "kind" } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.job === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "job" } };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.environment === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "environment" } };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "kind" || key0 === "version" || key0 === "job" || key0 === "environment" || key0 === "resources" || key0 === "storage" || key0 === "service")) {
        const err3 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.kind !== void 0) {
      if ("notebook" !== data.kind) {
        const err4 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "notebook" } };
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
      if (typeof data1 !== "string" && !(typeof data1 == "number" && isFinite(data1)) && typeof data1 !== "boolean") {
        const err5 = { instancePath: instancePath + "/version", schemaPath: "version/type", keyword: "type", params: { type: schema32.type } };
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
    if (data.service !== void 0) {
      let data6 = data.service;
      if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
        for (const key1 in data6) {
          if (!(key1 === "port" || key1 === "expose")) {
            const err6 = { instancePath: instancePath + "/service", schemaPath: "#/properties/service/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 } };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        }
        if (data6.port !== void 0) {
          let data7 = data6.port;
          if (!(typeof data7 == "number" && (!(data7 % 1) && !isNaN(data7)) && isFinite(data7))) {
            const err7 = { instancePath: instancePath + "/service/port", schemaPath: "port/type", keyword: "type", params: { type: "integer" } };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
          if (typeof data7 == "number" && isFinite(data7)) {
            if (data7 > 65535 || isNaN(data7)) {
              const err8 = { instancePath: instancePath + "/service/port", schemaPath: "port/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 } };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
            if (data7 < 1 || isNaN(data7)) {
              const err9 = { instancePath: instancePath + "/service/port", schemaPath: "port/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } };
              if (vErrors === null) {
                vErrors = [err9];
              } else {
                vErrors.push(err9);
              }
              errors++;
            }
          }
        }
        if (data6.expose !== void 0) {
          let data8 = data6.expose;
          if (!(data8 === "cluster" || data8 === "nodePort" || data8 === "loadBalancer")) {
            const err10 = { instancePath: instancePath + "/service/expose", schemaPath: "expose/enum", keyword: "enum", params: { allowedValues: schema73.enum } };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
      } else {
        const err11 = { instancePath: instancePath + "/service", schemaPath: "#/properties/service/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
  } else {
    const err12 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err12];
    } else {
      vErrors.push(err12);
    }
    errors++;
  }
  validate39.errors = vErrors;
  return errors === 0;
}
validate39.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var validatePool = validate44;
var schema91 = { "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "pool.schema.json", "type": "object", "required": ["kind", "pool"], "additionalProperties": false, "properties": { "kind": { "enum": ["pool", "resource"] }, "version": { "$ref": "version" }, "pool": { "type": "object", "additionalProperties": false, "required": ["name"], "properties": { "name": { "$ref": "poolName" }, "description": { "$ref": "text" }, "site": { "type": "object", "additionalProperties": false, "properties": { "rackLabel": { "$ref": "labelKey" }, "network": { "enum": ["pod", "host"] }, "ncclSocketIfname": { "$ref": "text" }, "rdmaResource": { "$ref": "labelKey" }, "storageClass": { "$ref": "resourceName" }, "queue": { "$ref": "resourceName" }, "prometheus": { "$ref": "text" }, "restricted": { "type": "boolean" } } } } }, "nodes": { "type": "object", "propertyNames": { "$ref": "resourceName" }, "additionalProperties": { "type": ["object", "null"], "additionalProperties": false, "properties": { "gpuType": { "$ref": "text" } } } } } };
var pattern25 = new RegExp("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$", "u");
function validate44(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate44.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.kind === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "kind" } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.pool === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "pool" } };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "kind" || key0 === "version" || key0 === "pool" || key0 === "nodes")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.kind !== void 0) {
      let data0 = data.kind;
      if (!(data0 === "pool" || data0 === "resource")) {
        const err3 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/enum", keyword: "enum", params: { allowedValues: schema91.properties.kind.enum } };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.version !== void 0) {
      let data1 = data.version;
      if (typeof data1 !== "string" && !(typeof data1 == "number" && isFinite(data1)) && typeof data1 !== "boolean") {
        const err4 = { instancePath: instancePath + "/version", schemaPath: "version/type", keyword: "type", params: { type: schema32.type } };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.pool !== void 0) {
      let data2 = data.pool;
      if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
        if (data2.name === void 0) {
          const err5 = { instancePath: instancePath + "/pool", schemaPath: "#/properties/pool/required", keyword: "required", params: { missingProperty: "name" } };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
        for (const key1 in data2) {
          if (!(key1 === "name" || key1 === "description" || key1 === "site")) {
            const err6 = { instancePath: instancePath + "/pool", schemaPath: "#/properties/pool/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 } };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        }
        if (data2.name !== void 0) {
          let data3 = data2.name;
          if (typeof data3 === "string") {
            if (func2(data3) < 1) {
              const err7 = { instancePath: instancePath + "/pool/name", schemaPath: "poolName/minLength", keyword: "minLength", params: { limit: 1 } };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
            if (!pattern11.test(data3)) {
              const err8 = { instancePath: instancePath + "/pool/name", schemaPath: "poolName/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$" } };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
          } else {
            const err9 = { instancePath: instancePath + "/pool/name", schemaPath: "poolName/type", keyword: "type", params: { type: "string" } };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
        if (data2.description !== void 0) {
          let data4 = data2.description;
          if (typeof data4 !== "string" && !(typeof data4 == "number" && isFinite(data4)) && typeof data4 !== "boolean") {
            const err10 = { instancePath: instancePath + "/pool/description", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
        if (data2.site !== void 0) {
          let data5 = data2.site;
          if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
            for (const key2 in data5) {
              if (!(key2 === "rackLabel" || key2 === "network" || key2 === "ncclSocketIfname" || key2 === "rdmaResource" || key2 === "storageClass" || key2 === "queue" || key2 === "prometheus" || key2 === "restricted")) {
                const err11 = { instancePath: instancePath + "/pool/site", schemaPath: "#/properties/pool/properties/site/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 } };
                if (vErrors === null) {
                  vErrors = [err11];
                } else {
                  vErrors.push(err11);
                }
                errors++;
              }
            }
            if (data5.rackLabel !== void 0) {
              let data6 = data5.rackLabel;
              if (typeof data6 === "string") {
                if (!pattern25.test(data6)) {
                  const err12 = { instancePath: instancePath + "/pool/site/rackLabel", schemaPath: "labelKey/pattern", keyword: "pattern", params: { pattern: "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$" } };
                  if (vErrors === null) {
                    vErrors = [err12];
                  } else {
                    vErrors.push(err12);
                  }
                  errors++;
                }
              } else {
                const err13 = { instancePath: instancePath + "/pool/site/rackLabel", schemaPath: "labelKey/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err13];
                } else {
                  vErrors.push(err13);
                }
                errors++;
              }
            }
            if (data5.network !== void 0) {
              let data7 = data5.network;
              if (!(data7 === "pod" || data7 === "host")) {
                const err14 = { instancePath: instancePath + "/pool/site/network", schemaPath: "#/properties/pool/properties/site/properties/network/enum", keyword: "enum", params: { allowedValues: schema91.properties.pool.properties.site.properties.network.enum } };
                if (vErrors === null) {
                  vErrors = [err14];
                } else {
                  vErrors.push(err14);
                }
                errors++;
              }
            }
            if (data5.ncclSocketIfname !== void 0) {
              let data8 = data5.ncclSocketIfname;
              if (typeof data8 !== "string" && !(typeof data8 == "number" && isFinite(data8)) && typeof data8 !== "boolean") {
                const err15 = { instancePath: instancePath + "/pool/site/ncclSocketIfname", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
                if (vErrors === null) {
                  vErrors = [err15];
                } else {
                  vErrors.push(err15);
                }
                errors++;
              }
            }
            if (data5.rdmaResource !== void 0) {
              let data9 = data5.rdmaResource;
              if (typeof data9 === "string") {
                if (!pattern25.test(data9)) {
                  const err16 = { instancePath: instancePath + "/pool/site/rdmaResource", schemaPath: "labelKey/pattern", keyword: "pattern", params: { pattern: "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$" } };
                  if (vErrors === null) {
                    vErrors = [err16];
                  } else {
                    vErrors.push(err16);
                  }
                  errors++;
                }
              } else {
                const err17 = { instancePath: instancePath + "/pool/site/rdmaResource", schemaPath: "labelKey/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
            }
            if (data5.storageClass !== void 0) {
              let data10 = data5.storageClass;
              if (typeof data10 === "string") {
                if (!pattern7.test(data10)) {
                  const err18 = { instancePath: instancePath + "/pool/site/storageClass", schemaPath: "resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" } };
                  if (vErrors === null) {
                    vErrors = [err18];
                  } else {
                    vErrors.push(err18);
                  }
                  errors++;
                }
              } else {
                const err19 = { instancePath: instancePath + "/pool/site/storageClass", schemaPath: "resourceName/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err19];
                } else {
                  vErrors.push(err19);
                }
                errors++;
              }
            }
            if (data5.queue !== void 0) {
              let data11 = data5.queue;
              if (typeof data11 === "string") {
                if (!pattern7.test(data11)) {
                  const err20 = { instancePath: instancePath + "/pool/site/queue", schemaPath: "resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" } };
                  if (vErrors === null) {
                    vErrors = [err20];
                  } else {
                    vErrors.push(err20);
                  }
                  errors++;
                }
              } else {
                const err21 = { instancePath: instancePath + "/pool/site/queue", schemaPath: "resourceName/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err21];
                } else {
                  vErrors.push(err21);
                }
                errors++;
              }
            }
            if (data5.prometheus !== void 0) {
              let data12 = data5.prometheus;
              if (typeof data12 !== "string" && !(typeof data12 == "number" && isFinite(data12)) && typeof data12 !== "boolean") {
                const err22 = { instancePath: instancePath + "/pool/site/prometheus", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
                if (vErrors === null) {
                  vErrors = [err22];
                } else {
                  vErrors.push(err22);
                }
                errors++;
              }
            }
            if (data5.restricted !== void 0) {
              if (typeof data5.restricted !== "boolean") {
                const err23 = { instancePath: instancePath + "/pool/site/restricted", schemaPath: "#/properties/pool/properties/site/properties/restricted/type", keyword: "type", params: { type: "boolean" } };
                if (vErrors === null) {
                  vErrors = [err23];
                } else {
                  vErrors.push(err23);
                }
                errors++;
              }
            }
          } else {
            const err24 = { instancePath: instancePath + "/pool/site", schemaPath: "#/properties/pool/properties/site/type", keyword: "type", params: { type: "object" } };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
        }
      } else {
        const err25 = { instancePath: instancePath + "/pool", schemaPath: "#/properties/pool/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
    }
    if (data.nodes !== void 0) {
      let data14 = data.nodes;
      if (data14 && typeof data14 == "object" && !Array.isArray(data14)) {
        for (const key3 in data14) {
          const _errs41 = errors;
          if (typeof key3 === "string") {
            if (!pattern7.test(key3)) {
              const err26 = { instancePath: instancePath + "/nodes", schemaPath: "resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" }, propertyName: key3 };
              if (vErrors === null) {
                vErrors = [err26];
              } else {
                vErrors.push(err26);
              }
              errors++;
            }
          } else {
            const err27 = { instancePath: instancePath + "/nodes", schemaPath: "resourceName/type", keyword: "type", params: { type: "string" }, propertyName: key3 };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
          var valid12 = _errs41 === errors;
          if (!valid12) {
            const err28 = { instancePath: instancePath + "/nodes", schemaPath: "#/properties/nodes/propertyNames", keyword: "propertyNames", params: { propertyName: key3 } };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
        }
        for (const key4 in data14) {
          let data15 = data14[key4];
          if (!(data15 && typeof data15 == "object" && !Array.isArray(data15)) && data15 !== null) {
            const err29 = { instancePath: instancePath + "/nodes/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/nodes/additionalProperties/type", keyword: "type", params: { type: schema91.properties.nodes.additionalProperties.type } };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
          if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
            for (const key5 in data15) {
              if (!(key5 === "gpuType")) {
                const err30 = { instancePath: instancePath + "/nodes/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/nodes/additionalProperties/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 } };
                if (vErrors === null) {
                  vErrors = [err30];
                } else {
                  vErrors.push(err30);
                }
                errors++;
              }
            }
            if (data15.gpuType !== void 0) {
              let data16 = data15.gpuType;
              if (typeof data16 !== "string" && !(typeof data16 == "number" && isFinite(data16)) && typeof data16 !== "boolean") {
                const err31 = { instancePath: instancePath + "/nodes/" + key4.replace(/~/g, "~0").replace(/\//g, "~1") + "/gpuType", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
                if (vErrors === null) {
                  vErrors = [err31];
                } else {
                  vErrors.push(err31);
                }
                errors++;
              }
            }
          }
        }
      } else {
        const err32 = { instancePath: instancePath + "/nodes", schemaPath: "#/properties/nodes/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err32];
        } else {
          vErrors.push(err32);
        }
        errors++;
      }
    }
  } else {
    const err33 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err33];
    } else {
      vErrors.push(err33);
    }
    errors++;
  }
  validate44.errors = vErrors;
  return errors === 0;
}
validate44.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var validateQuota = validate45;
var schema103 = { "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "quota.schema.json", "type": "object", "required": ["kind", "quota"], "additionalProperties": false, "properties": { "kind": { "const": "quota" }, "version": { "$ref": "version" }, "quota": { "type": "object", "additionalProperties": false, "required": ["name"], "properties": { "name": { "$ref": "resourceName" }, "description": { "$ref": "text" } } }, "default": { "type": "object", "additionalProperties": false, "properties": { "cpu": { "$ref": "quantity" }, "memory": { "$ref": "quantity" }, "gpu": { "$ref": "count" } } }, "namespace": { "type": "object", "propertyNames": { "$ref": "dnsLabel" }, "additionalProperties": { "type": ["object", "null"], "additionalProperties": false, "properties": { "cpu": { "$ref": "quantity" }, "memory": { "$ref": "quantity" }, "gpu": { "$ref": "count" } } } } } };
function validate45(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate45.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.kind === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "kind" } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.quota === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "quota" } };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "kind" || key0 === "version" || key0 === "quota" || key0 === "default" || key0 === "namespace")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.kind !== void 0) {
      if ("quota" !== data.kind) {
        const err3 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "quota" } };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.version !== void 0) {
      let data1 = data.version;
      if (typeof data1 !== "string" && !(typeof data1 == "number" && isFinite(data1)) && typeof data1 !== "boolean") {
        const err4 = { instancePath: instancePath + "/version", schemaPath: "version/type", keyword: "type", params: { type: schema32.type } };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.quota !== void 0) {
      let data2 = data.quota;
      if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
        if (data2.name === void 0) {
          const err5 = { instancePath: instancePath + "/quota", schemaPath: "#/properties/quota/required", keyword: "required", params: { missingProperty: "name" } };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
        for (const key1 in data2) {
          if (!(key1 === "name" || key1 === "description")) {
            const err6 = { instancePath: instancePath + "/quota", schemaPath: "#/properties/quota/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 } };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        }
        if (data2.name !== void 0) {
          let data3 = data2.name;
          if (typeof data3 === "string") {
            if (!pattern7.test(data3)) {
              const err7 = { instancePath: instancePath + "/quota/name", schemaPath: "resourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$" } };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
          } else {
            const err8 = { instancePath: instancePath + "/quota/name", schemaPath: "resourceName/type", keyword: "type", params: { type: "string" } };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
        if (data2.description !== void 0) {
          let data4 = data2.description;
          if (typeof data4 !== "string" && !(typeof data4 == "number" && isFinite(data4)) && typeof data4 !== "boolean") {
            const err9 = { instancePath: instancePath + "/quota/description", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
      } else {
        const err10 = { instancePath: instancePath + "/quota", schemaPath: "#/properties/quota/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.default !== void 0) {
      let data5 = data.default;
      if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
        for (const key2 in data5) {
          if (!(key2 === "cpu" || key2 === "memory" || key2 === "gpu")) {
            const err11 = { instancePath: instancePath + "/default", schemaPath: "#/properties/default/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 } };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
        if (data5.cpu !== void 0) {
          let data6 = data5.cpu;
          if (typeof data6 !== "string" && !(typeof data6 == "number" && isFinite(data6))) {
            const err12 = { instancePath: instancePath + "/default/cpu", schemaPath: "quantity/type", keyword: "type", params: { type: schema58.type } };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
          if (typeof data6 == "number" && isFinite(data6)) {
            if (data6 < 0 || isNaN(data6)) {
              const err13 = { instancePath: instancePath + "/default/cpu", schemaPath: "quantity/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
              if (vErrors === null) {
                vErrors = [err13];
              } else {
                vErrors.push(err13);
              }
              errors++;
            }
          }
          if (typeof data6 === "string") {
            if (!pattern13.test(data6)) {
              const err14 = { instancePath: instancePath + "/default/cpu", schemaPath: "quantity/pattern", keyword: "pattern", params: { pattern: "^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|n|u|m|k|[MGTPE]|[KMGTPE]i)?$" } };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
          }
        }
        if (data5.memory !== void 0) {
          let data7 = data5.memory;
          if (typeof data7 !== "string" && !(typeof data7 == "number" && isFinite(data7))) {
            const err15 = { instancePath: instancePath + "/default/memory", schemaPath: "quantity/type", keyword: "type", params: { type: schema58.type } };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
          if (typeof data7 == "number" && isFinite(data7)) {
            if (data7 < 0 || isNaN(data7)) {
              const err16 = { instancePath: instancePath + "/default/memory", schemaPath: "quantity/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
          }
          if (typeof data7 === "string") {
            if (!pattern13.test(data7)) {
              const err17 = { instancePath: instancePath + "/default/memory", schemaPath: "quantity/pattern", keyword: "pattern", params: { pattern: "^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|n|u|m|k|[MGTPE]|[KMGTPE]i)?$" } };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
          }
        }
        if (data5.gpu !== void 0) {
          let data8 = data5.gpu;
          if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8))) {
            const err18 = { instancePath: instancePath + "/default/gpu", schemaPath: "count/type", keyword: "type", params: { type: "integer" } };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
          if (typeof data8 == "number" && isFinite(data8)) {
            if (data8 > 2147483647 || isNaN(data8)) {
              const err19 = { instancePath: instancePath + "/default/gpu", schemaPath: "count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2147483647 } };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
            if (data8 < 0 || isNaN(data8)) {
              const err20 = { instancePath: instancePath + "/default/gpu", schemaPath: "count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
              if (vErrors === null) {
                vErrors = [err20];
              } else {
                vErrors.push(err20);
              }
              errors++;
            }
          }
        }
      } else {
        const err21 = { instancePath: instancePath + "/default", schemaPath: "#/properties/default/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
    if (data.namespace !== void 0) {
      let data9 = data.namespace;
      if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
        for (const key3 in data9) {
          const _errs29 = errors;
          if (typeof key3 === "string") {
            if (!pattern4.test(key3)) {
              const err22 = { instancePath: instancePath + "/namespace", schemaPath: "dnsLabel/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" }, propertyName: key3 };
              if (vErrors === null) {
                vErrors = [err22];
              } else {
                vErrors.push(err22);
              }
              errors++;
            }
          } else {
            const err23 = { instancePath: instancePath + "/namespace", schemaPath: "dnsLabel/type", keyword: "type", params: { type: "string" }, propertyName: key3 };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          }
          var valid9 = _errs29 === errors;
          if (!valid9) {
            const err24 = { instancePath: instancePath + "/namespace", schemaPath: "#/properties/namespace/propertyNames", keyword: "propertyNames", params: { propertyName: key3 } };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
        }
        for (const key4 in data9) {
          let data10 = data9[key4];
          if (!(data10 && typeof data10 == "object" && !Array.isArray(data10)) && data10 !== null) {
            const err25 = { instancePath: instancePath + "/namespace/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/namespace/additionalProperties/type", keyword: "type", params: { type: schema103.properties.namespace.additionalProperties.type } };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
          if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
            for (const key5 in data10) {
              if (!(key5 === "cpu" || key5 === "memory" || key5 === "gpu")) {
                const err26 = { instancePath: instancePath + "/namespace/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/namespace/additionalProperties/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 } };
                if (vErrors === null) {
                  vErrors = [err26];
                } else {
                  vErrors.push(err26);
                }
                errors++;
              }
            }
            if (data10.cpu !== void 0) {
              let data11 = data10.cpu;
              if (typeof data11 !== "string" && !(typeof data11 == "number" && isFinite(data11))) {
                const err27 = { instancePath: instancePath + "/namespace/" + key4.replace(/~/g, "~0").replace(/\//g, "~1") + "/cpu", schemaPath: "quantity/type", keyword: "type", params: { type: schema58.type } };
                if (vErrors === null) {
                  vErrors = [err27];
                } else {
                  vErrors.push(err27);
                }
                errors++;
              }
              if (typeof data11 == "number" && isFinite(data11)) {
                if (data11 < 0 || isNaN(data11)) {
                  const err28 = { instancePath: instancePath + "/namespace/" + key4.replace(/~/g, "~0").replace(/\//g, "~1") + "/cpu", schemaPath: "quantity/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
                  if (vErrors === null) {
                    vErrors = [err28];
                  } else {
                    vErrors.push(err28);
                  }
                  errors++;
                }
              }
              if (typeof data11 === "string") {
                if (!pattern13.test(data11)) {
                  const err29 = { instancePath: instancePath + "/namespace/" + key4.replace(/~/g, "~0").replace(/\//g, "~1") + "/cpu", schemaPath: "quantity/pattern", keyword: "pattern", params: { pattern: "^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|n|u|m|k|[MGTPE]|[KMGTPE]i)?$" } };
                  if (vErrors === null) {
                    vErrors = [err29];
                  } else {
                    vErrors.push(err29);
                  }
                  errors++;
                }
              }
            }
            if (data10.memory !== void 0) {
              let data12 = data10.memory;
              if (typeof data12 !== "string" && !(typeof data12 == "number" && isFinite(data12))) {
                const err30 = { instancePath: instancePath + "/namespace/" + key4.replace(/~/g, "~0").replace(/\//g, "~1") + "/memory", schemaPath: "quantity/type", keyword: "type", params: { type: schema58.type } };
                if (vErrors === null) {
                  vErrors = [err30];
                } else {
                  vErrors.push(err30);
                }
                errors++;
              }
              if (typeof data12 == "number" && isFinite(data12)) {
                if (data12 < 0 || isNaN(data12)) {
                  const err31 = { instancePath: instancePath + "/namespace/" + key4.replace(/~/g, "~0").replace(/\//g, "~1") + "/memory", schemaPath: "quantity/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
                  if (vErrors === null) {
                    vErrors = [err31];
                  } else {
                    vErrors.push(err31);
                  }
                  errors++;
                }
              }
              if (typeof data12 === "string") {
                if (!pattern13.test(data12)) {
                  const err32 = { instancePath: instancePath + "/namespace/" + key4.replace(/~/g, "~0").replace(/\//g, "~1") + "/memory", schemaPath: "quantity/pattern", keyword: "pattern", params: { pattern: "^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|n|u|m|k|[MGTPE]|[KMGTPE]i)?$" } };
                  if (vErrors === null) {
                    vErrors = [err32];
                  } else {
                    vErrors.push(err32);
                  }
                  errors++;
                }
              }
            }
            if (data10.gpu !== void 0) {
              let data13 = data10.gpu;
              if (!(typeof data13 == "number" && (!(data13 % 1) && !isNaN(data13)) && isFinite(data13))) {
                const err33 = { instancePath: instancePath + "/namespace/" + key4.replace(/~/g, "~0").replace(/\//g, "~1") + "/gpu", schemaPath: "count/type", keyword: "type", params: { type: "integer" } };
                if (vErrors === null) {
                  vErrors = [err33];
                } else {
                  vErrors.push(err33);
                }
                errors++;
              }
              if (typeof data13 == "number" && isFinite(data13)) {
                if (data13 > 2147483647 || isNaN(data13)) {
                  const err34 = { instancePath: instancePath + "/namespace/" + key4.replace(/~/g, "~0").replace(/\//g, "~1") + "/gpu", schemaPath: "count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2147483647 } };
                  if (vErrors === null) {
                    vErrors = [err34];
                  } else {
                    vErrors.push(err34);
                  }
                  errors++;
                }
                if (data13 < 0 || isNaN(data13)) {
                  const err35 = { instancePath: instancePath + "/namespace/" + key4.replace(/~/g, "~0").replace(/\//g, "~1") + "/gpu", schemaPath: "count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
                  if (vErrors === null) {
                    vErrors = [err35];
                  } else {
                    vErrors.push(err35);
                  }
                  errors++;
                }
              }
            }
          }
        }
      } else {
        const err36 = { instancePath: instancePath + "/namespace", schemaPath: "#/properties/namespace/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err36];
        } else {
          vErrors.push(err36);
        }
        errors++;
      }
    }
  } else {
    const err37 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err37];
    } else {
      vErrors.push(err37);
    }
    errors++;
  }
  validate45.errors = vErrors;
  return errors === 0;
}
validate45.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var validateTraining = validate46;
var schema114 = { "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "training.schema.json", "type": "object", "required": ["kind", "job", "environment"], "additionalProperties": false, "properties": { "kind": { "const": "training" }, "version": { "$ref": "version" }, "job": { "$ref": "job" }, "environment": { "$ref": "environment" }, "resources": { "$ref": "resources" }, "storage": { "$ref": "storage" }, "framework": { "enum": ["native", "kubeflow", "verl"] }, "deepspeed": { "type": "object", "additionalProperties": false, "properties": { "stage": { "type": "integer", "enum": [0, 1, 2, 3] }, "offload": { "enum": ["none", "cpu", "nvme"] }, "config": { "type": "object" }, "path": { "$ref": "text" } } }, "distributed": { "type": "object", "additionalProperties": false, "properties": { "network": { "enum": ["auto", "pod", "host"] }, "ncclSocketIfname": { "$ref": "text" }, "rdma": { "type": "boolean" }, "sameRack": { "enum": ["preferred", "required", "off"] } } }, "output": { "type": "object", "additionalProperties": false, "properties": { "dir": { "type": "string" }, "resumeFromCheckpoint": { "type": "boolean" } } }, "retries": { "$ref": "count" }, "timeout": { "$ref": "duration" } } };
function validate46(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate46.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.kind === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "kind" } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.job === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "job" } };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.environment === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "environment" } };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func1.call(schema114.properties, key0)) {
        const err3 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
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
        const err4 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "training" } };
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
      if (typeof data1 !== "string" && !(typeof data1 == "number" && isFinite(data1)) && typeof data1 !== "boolean") {
        const err5 = { instancePath: instancePath + "/version", schemaPath: "version/type", keyword: "type", params: { type: schema32.type } };
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
        const err6 = { instancePath: instancePath + "/framework", schemaPath: "#/properties/framework/enum", keyword: "enum", params: { allowedValues: schema114.properties.framework.enum } };
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
            const err7 = { instancePath: instancePath + "/deepspeed", schemaPath: "#/properties/deepspeed/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 } };
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
          if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8))) {
            const err8 = { instancePath: instancePath + "/deepspeed/stage", schemaPath: "#/properties/deepspeed/properties/stage/type", keyword: "type", params: { type: "integer" } };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
          if (!(data8 === 0 || data8 === 1 || data8 === 2 || data8 === 3)) {
            const err9 = { instancePath: instancePath + "/deepspeed/stage", schemaPath: "#/properties/deepspeed/properties/stage/enum", keyword: "enum", params: { allowedValues: schema114.properties.deepspeed.properties.stage.enum } };
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
            const err10 = { instancePath: instancePath + "/deepspeed/offload", schemaPath: "#/properties/deepspeed/properties/offload/enum", keyword: "enum", params: { allowedValues: schema114.properties.deepspeed.properties.offload.enum } };
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
            const err11 = { instancePath: instancePath + "/deepspeed/config", schemaPath: "#/properties/deepspeed/properties/config/type", keyword: "type", params: { type: "object" } };
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
            const err12 = { instancePath: instancePath + "/deepspeed/path", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
      } else {
        const err13 = { instancePath: instancePath + "/deepspeed", schemaPath: "#/properties/deepspeed/type", keyword: "type", params: { type: "object" } };
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
            const err14 = { instancePath: instancePath + "/distributed", schemaPath: "#/properties/distributed/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 } };
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
            const err15 = { instancePath: instancePath + "/distributed/network", schemaPath: "#/properties/distributed/properties/network/enum", keyword: "enum", params: { allowedValues: schema114.properties.distributed.properties.network.enum } };
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
            const err16 = { instancePath: instancePath + "/distributed/ncclSocketIfname", schemaPath: "text/type", keyword: "type", params: { type: schema36.type } };
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
            const err17 = { instancePath: instancePath + "/distributed/rdma", schemaPath: "#/properties/distributed/properties/rdma/type", keyword: "type", params: { type: "boolean" } };
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
            const err18 = { instancePath: instancePath + "/distributed/sameRack", schemaPath: "#/properties/distributed/properties/sameRack/enum", keyword: "enum", params: { allowedValues: schema114.properties.distributed.properties.sameRack.enum } };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
      } else {
        const err19 = { instancePath: instancePath + "/distributed", schemaPath: "#/properties/distributed/type", keyword: "type", params: { type: "object" } };
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
            const err20 = { instancePath: instancePath + "/output", schemaPath: "#/properties/output/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 } };
            if (vErrors === null) {
              vErrors = [err20];
            } else {
              vErrors.push(err20);
            }
            errors++;
          }
        }
        if (data17.dir !== void 0) {
          if (typeof data17.dir !== "string") {
            const err21 = { instancePath: instancePath + "/output/dir", schemaPath: "#/properties/output/properties/dir/type", keyword: "type", params: { type: "string" } };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
        }
        if (data17.resumeFromCheckpoint !== void 0) {
          if (typeof data17.resumeFromCheckpoint !== "boolean") {
            const err22 = { instancePath: instancePath + "/output/resumeFromCheckpoint", schemaPath: "#/properties/output/properties/resumeFromCheckpoint/type", keyword: "type", params: { type: "boolean" } };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
        }
      } else {
        const err23 = { instancePath: instancePath + "/output", schemaPath: "#/properties/output/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
    }
    if (data.retries !== void 0) {
      let data20 = data.retries;
      if (!(typeof data20 == "number" && (!(data20 % 1) && !isNaN(data20)) && isFinite(data20))) {
        const err24 = { instancePath: instancePath + "/retries", schemaPath: "count/type", keyword: "type", params: { type: "integer" } };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
      if (typeof data20 == "number" && isFinite(data20)) {
        if (data20 > 2147483647 || isNaN(data20)) {
          const err25 = { instancePath: instancePath + "/retries", schemaPath: "count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2147483647 } };
          if (vErrors === null) {
            vErrors = [err25];
          } else {
            vErrors.push(err25);
          }
          errors++;
        }
        if (data20 < 0 || isNaN(data20)) {
          const err26 = { instancePath: instancePath + "/retries", schemaPath: "count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
          if (vErrors === null) {
            vErrors = [err26];
          } else {
            vErrors.push(err26);
          }
          errors++;
        }
      }
    }
    if (data.timeout !== void 0) {
      let data21 = data.timeout;
      if (typeof data21 !== "string" && !(typeof data21 == "number" && isFinite(data21))) {
        const err27 = { instancePath: instancePath + "/timeout", schemaPath: "duration/type", keyword: "type", params: { type: schema72.type } };
        if (vErrors === null) {
          vErrors = [err27];
        } else {
          vErrors.push(err27);
        }
        errors++;
      }
      if (typeof data21 == "number" && isFinite(data21)) {
        if (data21 <= 0 || isNaN(data21)) {
          const err28 = { instancePath: instancePath + "/timeout", schemaPath: "duration/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 } };
          if (vErrors === null) {
            vErrors = [err28];
          } else {
            vErrors.push(err28);
          }
          errors++;
        }
      }
      if (typeof data21 === "string") {
        if (!pattern23.test(data21)) {
          const err29 = { instancePath: instancePath + "/timeout", schemaPath: "duration/pattern", keyword: "pattern", params: { pattern: "^(?=.*[1-9])([0-9]+|([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?)$" } };
          if (vErrors === null) {
            vErrors = [err29];
          } else {
            vErrors.push(err29);
          }
          errors++;
        }
      }
    }
  } else {
    const err30 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err30];
    } else {
      vErrors.push(err30);
    }
    errors++;
  }
  validate46.errors = vErrors;
  return errors === 0;
}
validate46.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
export {
  validateCompute,
  validateInference,
  validateNotebook,
  validatePool,
  validateQuota,
  validateTraining
};
