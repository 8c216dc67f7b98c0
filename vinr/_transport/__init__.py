"""What I/O needs, sync and async alike: requests for httpx, failures, proxies, forks, libcurl."""
