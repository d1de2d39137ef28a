package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	v1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/klog/v2"
)

const (
	provisionerName = "gpuctl.test/directory"
	provisionedBy   = "pv.kubernetes.io/provisioned-by"
)

// runProvisioner is a dynamic provisioner: a claim of one of its StorageClasses gets a hostPath PersistentVolume in the state
// directory; kube-controller-manager does the binding. Every node sees the directory, so the volumes are RWX in
// effect. It also grows volumes (allowVolumeExpansion) and removes released ones.
func (m *Manager) runProvisioner(ctx context.Context) {
	yes, del := true, v1.PersistentVolumeReclaimDelete
	for name, mode := range map[string]storagev1.VolumeBindingMode{"standard": storagev1.VolumeBindingImmediate, "standard-wait": storagev1.VolumeBindingWaitForFirstConsumer} {
		sc := &storagev1.StorageClass{ObjectMeta: metav1.ObjectMeta{Name: name}, Provisioner: provisionerName, AllowVolumeExpansion: &yes, ReclaimPolicy: &del, VolumeBindingMode: &mode}
		if name == "standard" {
			sc.Annotations = map[string]string{"storageclass.kubernetes.io/is-default-class": "true"}
		}
		if _, err := m.cs.StorageV1().StorageClasses().Create(ctx, sc, metav1.CreateOptions{}); err != nil && !apierrors.IsAlreadyExists(err) {
			klog.ErrorS(err, "storage class")
		}
	}
	for ctx.Err() == nil {
		if err := m.provisionOnce(ctx); err != nil && ctx.Err() == nil {
			klog.ErrorS(err, "provisioner")
		}
		select {
		case <-ctx.Done():
		case <-time.After(500 * time.Millisecond):
		}
	}
}

func (m *Manager) provisionOnce(ctx context.Context) error {
	classes, err := m.cs.StorageV1().StorageClasses().List(ctx, metav1.ListOptions{ResourceVersion: "0"})
	if err != nil {
		return err
	}
	ours := map[string]*storagev1.StorageClass{}
	for i := range classes.Items {
		if classes.Items[i].Provisioner == provisionerName {
			ours[classes.Items[i].Name] = &classes.Items[i]
		}
	}
	claims, err := m.cs.CoreV1().PersistentVolumeClaims("").List(ctx, metav1.ListOptions{ResourceVersion: "0"})
	if err != nil {
		return err
	}
	for i := range claims.Items {
		c := &claims.Items[i]
		if c.Spec.StorageClassName == nil || ours[*c.Spec.StorageClassName] == nil {
			continue
		}
		if c.Status.Phase == v1.ClaimBound {
			err = m.growVolume(ctx, c)
		} else {
			err = m.makeVolume(ctx, c, ours[*c.Spec.StorageClassName])
		}
		if err != nil {
			return err
		}
	}
	return m.reclaimVolumes(ctx)
}

// growVolume does what a resizer would when a bound claim asks for more.
func (m *Manager) growVolume(ctx context.Context, claim *v1.PersistentVolumeClaim) error {
	want, have := claim.Spec.Resources.Requests[v1.ResourceStorage], claim.Status.Capacity[v1.ResourceStorage]
	if want.Cmp(have) <= 0 {
		return nil
	}
	pv, err := m.cs.CoreV1().PersistentVolumes().Get(ctx, claim.Spec.VolumeName, metav1.GetOptions{})
	if err != nil {
		return err
	}
	pv.Spec.Capacity[v1.ResourceStorage] = want
	if _, err := m.cs.CoreV1().PersistentVolumes().Update(ctx, pv, metav1.UpdateOptions{}); err != nil {
		return err
	}
	claim = claim.DeepCopy()
	claim.Status.Capacity[v1.ResourceStorage] = want
	claim.Status.Conditions = nil
	_, err = m.cs.CoreV1().PersistentVolumeClaims(claim.Namespace).UpdateStatus(ctx, claim, metav1.UpdateOptions{})
	return err
}

// makeVolume makes the volume of a claim when it is our turn: the PV controller then has set the annotation.
func (m *Manager) makeVolume(ctx context.Context, claim *v1.PersistentVolumeClaim, class *storagev1.StorageClass) error {
	if claim.Spec.VolumeName != "" || claim.Annotations["volume.kubernetes.io/storage-provisioner"] != provisionerName {
		return nil
	}
	if *class.VolumeBindingMode == storagev1.VolumeBindingWaitForFirstConsumer && claim.Annotations["volume.kubernetes.io/selected-node"] == "" {
		return nil
	}
	name := "pvc-" + string(claim.UID)
	dir := m.claimDirectory(name)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	_, err := m.cs.CoreV1().PersistentVolumes().Create(ctx, &v1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: name, Annotations: map[string]string{provisionedBy: provisionerName}},
		Spec: v1.PersistentVolumeSpec{
			Capacity:    v1.ResourceList{v1.ResourceStorage: claim.Spec.Resources.Requests[v1.ResourceStorage]},
			AccessModes: claim.Spec.AccessModes, VolumeMode: claim.Spec.VolumeMode,
			StorageClassName: class.Name, PersistentVolumeReclaimPolicy: *class.ReclaimPolicy,
			ClaimRef:               &v1.ObjectReference{APIVersion: "v1", Kind: "PersistentVolumeClaim", Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID},
			PersistentVolumeSource: v1.PersistentVolumeSource{HostPath: &v1.HostPathVolumeSource{Path: dir}},
		}}, metav1.CreateOptions{})
	if apierrors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

// reclaimVolumes deletes the volumes whose claims are gone, with their directories.
func (m *Manager) reclaimVolumes(ctx context.Context) error {
	pvs, err := m.cs.CoreV1().PersistentVolumes().List(ctx, metav1.ListOptions{ResourceVersion: "0"})
	if err != nil {
		return err
	}
	for _, pv := range pvs.Items {
		if pv.Annotations[provisionedBy] == provisionerName && pv.Status.Phase == v1.VolumeReleased && pv.Spec.PersistentVolumeReclaimPolicy == v1.PersistentVolumeReclaimDelete {
			_ = os.RemoveAll(m.claimDirectory(pv.Name))
			_ = m.cs.CoreV1().PersistentVolumes().Delete(ctx, pv.Name, metav1.DeleteOptions{})
		}
	}
	return nil
}

func (m *Manager) claimDirectory(volume string) string {
	return filepath.Join(m.cfg.StateDir, "volumes", filepath.Base(volume))
}
