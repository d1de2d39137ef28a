#!/bin/sh
# Writes go.mod of the control plane for another Kubernetes release: change KUBE here, KUBERNETES_VERSION in binaries.ts, and
# the k8s.io versions in ../procnodes/go.mod (the same ones, or everything is compiled twice). Always name versions: a
# module proxy may serve them and still refuse to say which is the latest.
# ("go install k8s.io/kubernetes/cmd/..." is refused because that module's go.mod has replace directives; so this module
# requires it and pins every staging module itself.)
set -eu
cd "$(dirname "$0")"
KUBE=v1.36.3
STAGING=v0.${KUBE#v1.}
SRC=$(go mod download -json "k8s.io/kubernetes@$KUBE" | sed -n 's/^[[:space:]]*"GoMod": "\(.*\)",*$/\1/p')
ETCD=$(awk '$1 == "go.etcd.io/etcd/client/v3" {print $2}' "$SRC")   # the etcd that this release is tested with
{
  echo "module gpuctl.test/controlplane"
  echo
  grep '^go ' "$SRC"
  echo
  echo "require ("
  echo "	k8s.io/kubernetes $KUBE"
  echo "	k8s.io/component-base $STAGING"
  echo "	go.etcd.io/etcd/server/v3 $ETCD"
  echo ")"
  echo
  echo "replace ("
  sed -n 's/^[[:space:]]*\(k8s.io\/[a-z0-9-]*\) => \.\/staging.*/\1/p' "$SRC" | while read -r m; do echo "	$m => $m $STAGING"; done
  echo ")"
} > go.mod
go mod tidy
