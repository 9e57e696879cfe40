"""SQL storage: tracker store, transcript, feedback, retention, deletion and runtime flags."""
