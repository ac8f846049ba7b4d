"""Speed and size of matching on generated material, beside other engines in the same run."""
