"""The Qt-free engine: folders of images and reports in, findings and answers out."""
