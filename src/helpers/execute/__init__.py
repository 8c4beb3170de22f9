"""Execute: papermill and its kernels."""
